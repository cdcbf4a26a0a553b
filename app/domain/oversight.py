"""What an operator sees of refusals and appeals."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, exists, func, literal, select, tuple_
from sqlalchemy.orm import Session

from app import contact_guard, storage
from app.domain import paging, people, trial
from app.domain.people import Person
from app.events import log
from app.events.oversight import (
    AppealPayload,
    AppealStatus,
    CodeCount,
    RefusalPayload,
    RefusedPersonPayload,
    ShadowPayload,
)
from app.models import Appeal, Conversation, Refusal, User

_TRIES = func.sum(Refusal.tries)
_MOST_TRIES = 10**15 - 1


def refusals(operator: Person, user_id: str | None, is_open: bool, after: str | None) -> paging.Page[RefusalPayload]:
    """What was refused, newest first.

    :param user_id: only of this person
    :param is_open: only texts about which an appeal waits to be judged
    :raises Forbidden: for operators only
    :raises Invalid: ``after`` is no cursor of this list
    """
    operator.require_operator()
    query = select(Refusal)
    if user_id is not None:
        query = query.where(Refusal.user_id == user_id)
    if is_open:
        query = query.where(exists().where(Appeal.digest == Refusal.digest, Appeal.status == "open"))

    def run(session: Session) -> paging.Page[RefusalPayload]:
        rows, following = paging.in_order(session, query, Refusal.created_at, Refusal.id, after)
        names = people.users(session, {row.user_id for row in rows if row.user_id})
        items = [_refusal_view(row, names) for row in rows]
        return paging.Page(items, following, log.head(session, operator.id).cursor)

    return storage.read(run)


def _refusal_view(row: Refusal, names: dict[str, User]) -> RefusalPayload:
    whose = names.get(row.user_id or "")
    derived = {"display_name": whose.display_name if whose else None}
    stored = {name: getattr(row, name) for name in RefusalPayload.model_fields if name not in derived}
    return RefusalPayload.model_validate(stored | derived)


def people_refused(operator: Person, after: str | None) -> paging.Page[RefusedPersonPayload]:
    """Who was refused how often, whoever tried most first; of what the rules in force refused and is still kept.

    :raises Forbidden: for operators only
    :raises Invalid: ``after`` is no cursor of this list
    """
    operator.require_operator()
    counted = (
        select(Refusal.user_id, func.count().label("refusals"), _TRIES.label("tries"), func.max(Refusal.last_at))
        .where(Refusal.enforced, Refusal.user_id.is_not(None))
        .group_by(Refusal.user_id)
        .order_by(_TRIES.desc(), Refusal.user_id.desc())
        .limit(paging.PAGE_SIZE + 1)
    )
    if after:
        tries, last_id = paging.decode(after)
        most = paging.whole_number(tries, _MOST_TRIES)
        counted = counted.having(tuple_(_TRIES, Refusal.user_id) < tuple_(literal(most), literal(last_id)))

    def run(session: Session) -> paging.Page[RefusedPersonPayload]:
        rows, last = paging.cut(session.execute(counted).all())
        following = paging.encode(str(last.tries), last.user_id) if last else None
        return paging.Page(_people_view(session, rows), following, log.head(session, operator.id).cursor)

    return storage.read(run)


def _people_view(session: Session, rows: Sequence[Row[str | None, int, int, datetime]]) -> list[RefusedPersonPayload]:
    users = people.users(session, {row.user_id for row in rows})
    found = []
    for user_id, texts, tries, last_at in rows:
        user = users[user_id or ""]
        named = {"user_id": user.id, "display_name": user.display_name, "role": user.role, "is_guest": user.is_guest}
        found.append(
            RefusedPersonPayload.model_validate(named | {"refusals": texts, "tries": tries, "last_at": last_at})
        )
    return found


def appeals(operator: Person, status: AppealStatus | None, after: str | None) -> paging.Page[AppealPayload]:
    """Appeals, newest first, all or of one status; those that wait to be judged oldest first.

    :raises Forbidden: for operators only
    :raises Invalid: ``after`` is no cursor of this list
    """
    operator.require_operator()
    query = select(Appeal)
    if status is not None:
        query = query.where(Appeal.status == status)

    def run(session: Session) -> paging.Page[AppealPayload]:
        rows, following = paging.in_order(session, query, Appeal.created_at, Appeal.id, after, status == "open")
        items = [appeal_view(session, row) for row in rows]
        return paging.Page(items, following, log.head(session, operator.id).cursor)

    return storage.read(run)


def appeal_view(session: Session, row: Appeal) -> AppealPayload:
    """An appeal for an operator's eyes."""
    user = session.get_one(User, row.user_id)
    room = session.get(Conversation, row.conversation_id) if row.conversation_id else None
    derived = {
        "recent": json.loads(row.recent) if row.recent else [],
        "display_name": user.display_name,
        "role": user.role,
        "customer_name": room.customer_name if room else None,
        "therapist_name": room.therapist_name if room else None,
    }
    stored = {name: getattr(row, name) for name in AppealPayload.model_fields if name not in derived}
    return AppealPayload.model_validate(stored | derived)


def shadow(operator: Person) -> ShadowPayload:
    """What the rules on trial would change, by code, of what they have judged so far in this version.

    :raises Forbidden: for operators only
    """
    operator.require_operator()
    return shadow_summary()


def shadow_summary() -> ShadowPayload:
    """See ``shadow``; for whoever runs the installation."""
    version, enforcing = trial.version(), contact_guard.DEFAULT.version
    if version is None:
        return ShadowPayload(version=None, enforcing=enforcing, newly_blocked=[], newly_allowed=[])

    def counts(session: Session, *where: ColumnElement[bool]) -> list[CodeCount]:
        query = select(Refusal.code, func.count(), _TRIES).where(*where).group_by(Refusal.code).order_by(_TRIES.desc())
        return [CodeCount(code=code, texts=texts, tries=tries) for code, texts, tries in session.execute(query)]

    def run(session: Session) -> ShadowPayload:
        return ShadowPayload(
            version=version,
            enforcing=enforcing,
            newly_blocked=counts(session, Refusal.enforced.is_(False), Refusal.rules_version == version),
            newly_allowed=counts(session, Refusal.spared_by == version),
        )

    return storage.read(run)
