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

#: How many message events behind a cursor are looked through at most. A device that has more than these before it says
#: again what it has when it has read them, so the bound puts a mark off and never loses one.
LOOK_AHEAD = 500

# Built once: every acknowledgement asks these.
_BEHIND = {
    side: select(Conversation.id, Conversation.last_seq, delivered.label("delivered")).where(
        member == bindparam("person_id"), delivered < Conversation.last_seq
    )
    for side, member, delivered in (
        ("customer", Conversation.customer_id, Conversation.customer_delivered_seq),
        ("therapist", Conversation.therapist_user_id, Conversation.therapist_delivered_seq),
    )
}
_MESSAGES_AHEAD = (
    select(Event.data)
    .where(Event.user_id == bindparam("person_id"), Event.seq > bindparam("seq"), Event.type == "message.created")
    .order_by(Event.seq)
    .limit(bindparam("limit"))
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
    """Per conversation with something undelivered: the newest message that the cursor covers.

    A conversation's messages are in each member's stream in their order, so the cursor covers those before the first
    one behind it, and all when there is none: a device that keeps up has little behind its cursor to look at.
    """
    # Read before the events: what comes in between may be too much for these, never too little.
    behind = {row.id: row for row in session.execute(_BEHIND[person.side], {"person_id": person.id})}
    if not behind:
        return {}
    position = log.locate(session, person.id, cursor)
    if position.reset or position.seq == 0:
        return {}
    asked = {"person_id": person.id, "seq": position.seq, "limit": LOOK_AHEAD}
    ahead = session.execute(_MESSAGES_AHEAD, asked).scalars().all()
    firsts: dict[str, int] = {}
    for message in map(json.loads, ahead):
        firsts.setdefault(message["conversationId"], message["seq"])
    if len(ahead) == LOOK_AHEAD:
        behind = {identifier: row for identifier, row in behind.items() if identifier in firsts}
    covered = {identifier: firsts.get(identifier, row.last_seq + 1) - 1 for identifier, row in behind.items()}
    return {identifier: seq for identifier, seq in covered.items() if seq > behind[identifier].delivered}


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
