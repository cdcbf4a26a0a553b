"""Appeals: "I think this is wrong". The filter is asked again, then an operator; what she allows passes once."""

import json
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.domain import chat, clock, free_text, orders, paging, passes
from app.domain.accounts import NAME_LENGTH
from app.domain.bank_accounts import HOLDER_LENGTH
from app.domain.errors import FieldError, invalid_fields
from app.domain.free_text import Judged
from app.domain.ids import new_id
from app.domain.people import Person
from app.domain.refusals import digests, forget_older_than_kept
from app.domain.transitions import REASON_LENGTH
from app.events.oversight import AppealAnswer, OwnAppeal, TextKind
from app.models import Appeal

#: The longest text of each kind, in characters, and whether it may have several lines.
_SHAPES: Final[dict[TextKind, tuple[int, bool]]] = {
    "message": (chat.MESSAGE_LENGTH, True),
    "customerName": (orders.NAME_LENGTH, False),
    "location": (orders.LOCATION_LENGTH, True),
    "note": (orders.NOTE_LENGTH, True),
    "reason": (REASON_LENGTH, True),
    "displayName": (NAME_LENGTH, False),
    "profile": (HOLDER_LENGTH, False),
}
NOTHING_TO_JUDGE: Final = AppealAnswer(id=None, status="allowed")


@dataclass(frozen=True, slots=True)
class Appealed:
    """``is_new`` is False when there was nothing to judge, or the same appeal waits already."""

    answer: AppealAnswer
    is_new: bool


def appeal(person: Person, kind: TextKind, text: str, conversation_id: str | None) -> Appealed:
    """Ask an operator to look at a text that was refused; once for the same text in the same place.

    :raises Forbidden: an operator has nobody to ask
    :raises NotFound: not a conversation of this person
    :raises Invalid: field errors
    """
    side, body = person.side, _checked(kind, text, conversation_id)
    keys = digests(person.id, conversation_id, kind, body)
    if conversation_id is not None:
        storage.read(lambda session: chat.member_of(session, person, conversation_id))
    # Remembered by the filter, so that the transaction does not wait for it.
    free_text.judge(body)

    def run(session: Session) -> Appealed:
        recent: list[str] = []
        if conversation_id is not None:
            conversation = chat.member_of(session, person, conversation_id)
            recent = chat.recent(session, conversation, side) if kind == "message" else []
        earlier = passes.standing(session, keys)
        if earlier is not None:
            known = AppealAnswer(id=earlier.id, status="open") if earlier.status == "open" else NOTHING_TO_JUDGE
            return Appealed(known, is_new=False)
        judged = Judged(kind, body, recent, free_text.judge(body, recent))
        if not judged.verdict.blocked:
            return Appealed(NOTHING_TO_JUDGE, is_new=False)
        row = _row(person, judged, conversation_id, keys[0])
        session.add(row)
        session.flush()
        return Appealed(AppealAnswer(id=row.id, status="open"), is_new=True)

    return storage.write(run)


def own(person: Person) -> list[OwnAppeal]:
    """How the person's latest appeals stand, newest first, without those whose pass is used; at most as many as a page
    of a list has.
    """
    latest = (
        select(Appeal)
        .where(Appeal.user_id == person.id, Appeal.status != "used")
        .order_by(Appeal.created_at.desc(), Appeal.id.desc())
        .limit(paging.PAGE_SIZE)
    )

    def run(session: Session) -> list[OwnAppeal]:
        fields = OwnAppeal.model_fields
        return [
            OwnAppeal.model_validate({name: getattr(row, name) for name in fields}) for row in session.scalars(latest)
        ]

    return storage.read(run)


def _checked(kind: TextKind, text: str, conversation_id: str | None) -> str:
    body = free_text.clean(text)
    longest, lines = _SHAPES[kind]
    faults = [free_text.problem("text", body, longest=longest, lines=lines)]
    if kind == "message" and conversation_id is None:
        faults.append(FieldError("conversationId", "required", "Please fill this in."))
    found = [fault for fault in faults if fault]
    if found:
        raise invalid_fields(*found)
    return body


def _row(person: Person, judged: Judged, conversation_id: str | None, digest: bytes) -> Appeal:
    verdict = judged.verdict
    return Appeal(
        id=new_id(),
        user_id=person.id,
        conversation_id=conversation_id,
        kind=judged.kind,
        code=verdict.code or "",
        status="open",
        text=judged.text,
        # Half a number says nothing to whoever is to judge it.
        recent=json.dumps(list(judged.recent)) if free_text.judge(judged.text) != verdict else None,
        spans=[list(span) for span in verdict.offending],
        redacted=free_text.redacted(judged.text, verdict),
        digest=digest,
        created_at=clock.now(),
    )


def forget_old() -> int:
    """Delete some of the appeals, judged or not, that are older than refusals are kept. Returns how many."""
    return forget_older_than_kept(Appeal)
