"""The audit trail: who did what to what, for good."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, paging, people
from app.domain.ids import new_id
from app.domain.people import Person
from app.events import log
from app.events.oversight import AuditEntryPayload
from app.models import AuditEntry


def enter(session: Session, actor: Person, action: str, subject: tuple[str, str], details: dict[str, Any]) -> None:
    """Write down a deed, inside the transaction that does it.

    :param subject: type and id of what it was done to
    :param details: no secret, and no text of anybody's
    """
    subject_type, subject_id = subject
    session.add(
        AuditEntry(
            id=new_id(),
            actor_id=actor.id,
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            details=details,
            created_at=clock.now(),
        )
    )


def page(operator: Person, after: str | None) -> paging.Page[AuditEntryPayload]:
    """Everything that was done, newest first.

    :raises Forbidden: for operators only
    :raises Invalid: ``after`` is no cursor of this list
    """
    operator.require_operator()

    def run(session: Session) -> paging.Page[AuditEntryPayload]:
        rows, following = paging.in_order(session, select(AuditEntry), AuditEntry.created_at, AuditEntry.id, after)
        actors = people.users(session, {row.actor_id for row in rows})
        items = [_view(row, actors[row.actor_id].display_name) for row in rows]
        return paging.Page(items, following, log.head(session, operator.id).cursor)

    return storage.read(run)


def _view(row: AuditEntry, actor_name: str) -> AuditEntryPayload:
    return AuditEntryPayload(
        id=row.id,
        actor_id=row.actor_id,
        actor_name=actor_name,
        action=row.action,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        data=row.details,
        created_at=row.created_at,
    )
