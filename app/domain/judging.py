"""An operator judges appeals: each once, with an entry in the audit trail and a notification to whoever appealed."""

from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.contact_guard import Verdict
from app.domain import audit, clock, free_text, notifications, oversight
from app.domain.errors import Conflict, invalid_fields, nothing_here
from app.domain.people import Person
from app.events.oversight import AppealPayload
from app.events.payloads import NotificationType
from app.models import Appeal, User

REASON_LENGTH = 300
#: Codes of what can be called, written to or paid to as it stands.
_QUOTED = ("CARD", "PHONE", "EMAIL", "URL")
_MANY_DIGITS = 5
#: What tells a handle from the mere name of an app.
_HANDLE_SIGNS = frozenset("@_.:/=")
Judgement = Literal["allowed", "rejected"]


def allow(operator: Person, appeal_id: str) -> AppealPayload:
    """Let exactly this text of this person pass, once. Allowing it again is the same.

    :raises Forbidden: for operators only
    :raises NotFound: no such appeal
    :raises Conflict: ``appeal_judged``, it was rejected, with the appeal as it is
    """
    return _judge(operator, appeal_id, "allowed", None)


def reject(operator: Person, appeal_id: str, reason: str | None) -> AppealPayload:
    """Leave the text refused. Rejecting it again is the same.

    :param reason: for the audit trail; nobody else reads it
    :raises Forbidden: for operators only
    :raises NotFound: no such appeal
    :raises Invalid: the reason is too long, or carries the contact details that the appeal was about
    :raises Conflict: ``appeal_judged``, it was allowed, with the appeal as it is
    """
    operator.require_operator()
    return _judge(operator, appeal_id, "rejected", _checked(reason) or None)


def _checked(reason: str | None) -> str:
    note = free_text.clean(reason or "")
    fault = free_text.problem("reason", note, longest=REASON_LENGTH, shortest=0, lines=True)
    if fault:
        raise invalid_fields(fault)
    # The trail is kept for good, so what was refused must not come into it by being quoted. Words about it may:
    # "asks for a call" is why something was rejected.
    verdict = free_text.judge(note)
    if verdict.blocked and _quotes(note, verdict):
        raise free_text.refuse(verdict, [free_text.blocked_field("reason", verdict)])
    return note


def _quotes(note: str, verdict: Verdict) -> bool:
    if verdict.code in _QUOTED or sum(map(str.isnumeric, note)) >= _MANY_DIGITS:
        return True
    found = (note[start:end] for start, end in verdict.offending)
    return verdict.code == "MESSENGER" and any(
        character in _HANDLE_SIGNS or character.isnumeric() for part in found for character in part
    )


def _judge(operator: Person, appeal_id: str, judgement: Judgement, reason: str | None) -> AppealPayload:
    operator.require_operator()

    def run(session: Session) -> AppealPayload:
        # Locked, so that the second of two operators sees what the first has decided.
        row = session.scalar(select(Appeal).where(Appeal.id == appeal_id).with_for_update())
        if row is None:
            raise nothing_here()
        if row.status == "open":
            _settle(session, operator, row, judgement, reason)
        elif (row.status == "rejected") != (judgement == "rejected"):
            raise Conflict(
                "This appeal has been judged otherwise meanwhile. Nothing was changed by this; see how it stands now.",
                code="appeal_judged",
                extra={"current": oversight.appeal_view(session, row)},
            )
        return oversight.appeal_view(session, row)

    return storage.write(run)


def _settle(session: Session, operator: Person, row: Appeal, judgement: Judgement, reason: str | None) -> None:
    row.status, row.judged_at, row.reason, row.text, row.recent = judgement, clock.now(), reason, None, None
    session.flush()
    details = {
        "userId": row.user_id,
        "conversationId": row.conversation_id,
        "kind": row.kind,
        "code": row.code,
        "reason": reason,
    }
    audit.enter(session, operator, f"appeal.{judgement}", ("appeal", row.id), details)
    user = session.get_one(User, row.user_id)
    kind: NotificationType = "message_allowed" if judgement == "allowed" else "appeal_rejected"
    notifications.notify_of_appeal(session, user, kind, row)
