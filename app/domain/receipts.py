"""Delivered and read marks: they only ever rise."""

import json

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import storage
from app.domain import views
from app.domain.chat import member_of
from app.domain.people import Person
from app.events import log
from app.events.payloads import ConversationPayload, MemberRole
from app.models import Conversation, Event

#: How many of a person's newest message events are looked through for what a cursor has delivered.
LOOK_BACK = 500

# Built once: every acknowledgement asks these.
_BEHIND = {
    side: select(Conversation.id, delivered.label("delivered")).where(
        member == bindparam("person_id"), delivered < Conversation.last_seq
    )
    for side, member, delivered in (
        ("customer", Conversation.customer_id, Conversation.customer_delivered_seq),
        ("therapist", Conversation.therapist_user_id, Conversation.therapist_delivered_seq),
    )
}
_MESSAGE_EVENTS = (
    select(Event.data)
    .where(Event.user_id == bindparam("person_id"), Event.seq <= bindparam("seq"), Event.type == "message.created")
    .order_by(Event.seq.desc())
    .limit(LOOK_BACK)
)


def mark_read(person: Person, conversation_id: str, seq: int) -> ConversationPayload:
    """Everything up to ``seq`` has been read by this person.

    :raises NotFound: not a conversation of this person
    """

    def run(session: Session) -> ConversationPayload:
        conversation = _locked(session, member_of(session, person, conversation_id))
        reached = min(seq, conversation.last_seq)
        if _raise(conversation, person.side, reached, read=True):
            _announce(session, conversation)
        return views.conversation_for(session, conversation, person.side)

    return storage.write(run)


def mark_delivered(person: Person, cursor: str) -> bool:
    """Every message up to an event cursor has reached a device of this person. Returns whether that was news."""
    if person.role not in ("customer", "therapist"):
        return False
    if not storage.read(lambda session: _delivered_up_to(session, person, cursor)):
        return False

    def run(session: Session) -> bool:
        raised = False
        for identifier, seq in sorted(_delivered_up_to(session, person, cursor).items()):
            conversation = _locked(session, session.get_one(Conversation, identifier))
            if _raise(conversation, person.side, seq, read=False):
                _announce(session, conversation)
                raised = True
        return raised

    return storage.write(run)


def _delivered_up_to(session: Session, person: Person, cursor: str) -> dict[str, int]:
    """Per conversation with something undelivered: the newest message that the cursor covers."""
    side = person.side
    open_marks = {row.id: row.delivered for row in session.execute(_BEHIND[side], {"person_id": person.id})}
    if not open_marks:
        return {}
    position = log.locate(session, person.id, cursor)
    if position.reset or position.seq == 0:
        return {}
    events = session.execute(_MESSAGE_EVENTS, {"person_id": person.id, "seq": position.seq}).scalars()
    found: dict[str, int] = {}
    for data in events:
        message = json.loads(data)
        identifier = message["conversationId"]
        if identifier in open_marks and identifier not in found:
            found[identifier] = message["seq"]
            if len(found) == len(open_marks):
                break
    return {identifier: seq for identifier, seq in found.items() if seq > open_marks[identifier]}


def _locked(session: Session, conversation: Conversation) -> Conversation:
    session.refresh(conversation, with_for_update={"key_share": True})
    return conversation


def _raise(conversation: Conversation, side: MemberRole, seq: int, *, read: bool) -> bool:
    """Raise the marks of one side; what was read has also been delivered."""
    raised = False
    for mark in ("delivered", "read") if read else ("delivered",):
        name = f"{side}_{mark}_seq"
        if getattr(conversation, name) < seq:
            setattr(conversation, name, seq)
            raised = True
    return raised


def _announce(session: Session, conversation: Conversation) -> None:
    session.flush()
    marks = views.marks_of(conversation)
    for user_id in (conversation.customer_id, conversation.therapist_user_id):
        log.emit(session, user_id, "conversation.marks", marks)
