"""Messages: sent once, numbered without a gap, read in pages."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import Select, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, free_text, paging, passes, refusals, views
from app.domain.errors import Conflict, Invalid, invalid_fields, nothing_here
from app.domain.free_text import Judged
from app.domain.ids import new_id
from app.domain.people import Person
from app.domain.rates import take_message
from app.domain.views import NewMessage
from app.events import log
from app.events.payloads import ConversationPayload, MemberRole, MessagePayload
from app.models import Conversation, Message, PaymentCard

MESSAGE_LENGTH = 2000
#: What the contact filter looks back on, so that a number in pieces is seen.
RECENT_MESSAGES = 10
RECENT_TIME = timedelta(minutes=10)
RECENT_SPAN = 200
#: Of so many members it is remembered which conversation is theirs: a few hundred bytes each.
KNOWN_MEMBERS = 10_000


@dataclass(slots=True)
class LockedRoom:
    """What of a conversation somebody needs who writes into it, as it stands until the commit. Its own columns, because
    keeping an object true to its row costs more than the message.
    """

    id: str
    customer_id: str
    therapist_id: str
    therapist_user_id: str
    customer_name: str
    therapist_name: str
    is_unlocked: bool
    closes_at: datetime | None
    closed_at: datetime | None
    closed_reason: str | None
    last_seq: int
    customer_delivered_seq: int
    customer_read_seq: int
    therapist_delivered_seq: int
    therapist_read_seq: int


# Built once, and past the mapper: a message is the most frequent write, and building a statement, or keeping an object
# true to its row, costs more than the database.
_MESSAGE = Message.__table__
_ROOM = Conversation.__table__
_MEMBERS = {"customer": _ROOM.c.customer_id, "therapist": _ROOM.c.therapist_user_id}
_LOCKED = {
    side: select(*(_ROOM.c[field.name] for field in fields(LockedRoom)))
    .where(member == bindparam("person_id"), _ROOM.c.id == bindparam("conversation_id"))
    .with_for_update(key_share=True)
    for side, member in _MEMBERS.items()
}
_IS_MEMBER = {
    side: select(_ROOM.c.id).where(member == bindparam("person_id"), _ROOM.c.id == bindparam("conversation_id"))
    for side, member in _MEMBERS.items()
}
_EARLIER = select(_MESSAGE.c.conversation_id, _MESSAGE.c.seq).where(
    _MESSAGE.c.sender_user_id == bindparam("person_id"), _MESSAGE.c.client_id == bindparam("client_id")
)
_RECENT = (
    select(_MESSAGE.c.message)
    .where(
        _MESSAGE.c.conversation_id == bindparam("conversation_id"),
        _MESSAGE.c.sender_role == bindparam("side"),
        # The last digits of an account, masked by us, are no piece of a number that somebody splits.
        _MESSAGE.c.message_type == "text",
        _MESSAGE.c.created_at > bindparam("since"),
        # Bounds the search in a long conversation, in which this side has been silent.
        _MESSAGE.c.seq > bindparam("floor"),
    )
    .order_by(_MESSAGE.c.seq.desc())
    .limit(RECENT_MESSAGES)
)
#: Each is a field of `NewMessage`.
_COLUMNS = [column.name for column in _MESSAGE.columns]
_INSERT = insert(_MESSAGE)  # type: ignore[arg-type]  # declared as a FromClause, always a Table
_MOVE_ON = {
    side: update(_ROOM)  # type: ignore[arg-type]  # as above
    .where(_ROOM.c.id == bindparam("room_id"))
    .values(
        {
            "last_seq": bindparam("seq"),
            "active_at": bindparam("now"),
            f"{side}_delivered_seq": bindparam("delivered"),
            f"{side}_read_seq": bindparam("read"),
        }
    )
    for side in _MEMBERS
}


@dataclass(frozen=True, slots=True)
class Sent:
    """``is_new`` is False when the message had come before under the same clientId."""

    message: MessagePayload
    is_new: bool


def own_conversations(person: Person) -> Select[Conversation]:
    """The conversations this person is a member of: every look-up goes through here."""
    if person.side == "customer":
        return select(Conversation).where(Conversation.customer_id == person.id)
    return select(Conversation).where(Conversation.therapist_user_id == person.id)


def member_of(session: Session, person: Person, conversation_id: str) -> Conversation:
    """:raises NotFound: unknown, or the person is no member"""
    conversation = session.scalar(own_conversations(person).where(Conversation.id == conversation_id))
    if conversation is None:
        raise nothing_here()
    return conversation


def send(person: Person, conversation_id: str, client_id: str, text: str) -> Sent:
    """Send a message, once per ``client_id``.

    :raises NotFound: not a conversation of this person
    :raises Invalid: empty, too long, ``contact_blocked``, or ``client_id_reused``
    :raises Conflict: ``chat_closed`` with the reason and the conversation as it is
    :raises TooMany: more than the rate allows
    """
    take_message(person.id)
    body = free_text.clean(text)
    # First of all: the filter works, and remembers, for members only.
    _require_member(person.side, person.id, conversation_id)
    # What the filter finds in the text alone it remembers: inside the transaction, which others wait for, only the
    # look at the earlier messages is left.
    free_text.judge(body[:MESSAGE_LENGTH])
    judged: list[Judged] = []

    def run(session: Session) -> Sent:
        conversation = locked_room(session, person, conversation_id)
        earlier = sent_before(session, person, client_id)
        if earlier is not None:
            return _replayed(earlier, conversation, body)
        fault = free_text.problem("message", body, longest=MESSAGE_LENGTH, lines=True)
        if fault:
            raise invalid_fields(fault)
        require_open(session, conversation, person.side)
        earlier_texts = recent(session, conversation, person.side) if free_text.looks_back(body) else []
        verdict = free_text.judge(body, earlier_texts)
        judged[:] = [Judged("message", body, earlier_texts, verdict)]
        if verdict.blocked and not passes.spend(session, person.id, conversation.id, judged[0]):
            raise free_text.refuse(verdict)
        return Sent(store(session, conversation, person, client_id, body), is_new=True)

    with refusals.noting(person.id, (conversation_id,), judged):
        return storage.write(run)


@lru_cache(maxsize=KNOWN_MEMBERS)
def _require_member(side: str, person_id: str, conversation_id: str) -> None:
    """:raises NotFound: not a conversation of this person"""
    # Who belongs to a conversation never changes, and what is raised is not remembered.
    asked = {"person_id": person_id, "conversation_id": conversation_id}
    if storage.read_row(_IS_MEMBER[side], asked) is None:
        raise nothing_here()


def locked_room(session: Session, person: Person, conversation_id: str) -> LockedRoom:
    """The conversation, locked until the commit: messages are numbered in commit order, and neither a closing nor a
    second piece of a split number can slip past the checks that follow.

    :raises NotFound: not a conversation of this person
    """
    asked = {"person_id": person.id, "conversation_id": conversation_id}
    row = session.execute(_LOCKED[person.side], asked).one_or_none()
    if row is None:
        raise nothing_here()
    return LockedRoom(*row)


def sent_before(session: Session, person: Person, client_id: str) -> Message | None:
    """What the person has sent under this ``client_id``. Asked by itself, with the room locked: the statement that
    waited for the lock sees, on PostgreSQL, the other tables as they were when it began to wait.
    """
    place = session.execute(_EARLIER, {"person_id": person.id, "client_id": client_id}).one_or_none()
    return session.get_one(Message, tuple(place)) if place else None


def _replayed(message: Message, conversation: LockedRoom, body: str) -> Sent:
    if message.message != body or message.message_type != "text" or message.conversation_id != conversation.id:
        raise client_id_reused()
    return Sent(views.message_view(message, conversation), is_new=False)


def client_id_reused() -> Invalid:
    """The refusal of other content under an id that has come before."""
    return Invalid(
        "This message was already sent with another text. Nothing was changed; send it as a new message.",
        code="client_id_reused",
    )


def require_open(session: Session, conversation: LockedRoom, side: MemberRole) -> None:
    """:raises Conflict: ``chat_closed`` with the reason and the conversation as it is"""
    overdue = conversation.closes_at is not None and conversation.closes_at <= clock.now()
    if conversation.closed_at is None and not overdue and (side == "customer" or conversation.is_unlocked):
        return
    locked = conversation.closed_at is None and not overdue
    raise Conflict(
        "The chat opens for you when you accept the booking. Your message was not sent."
        if locked
        else "This chat is closed. Your message was not sent; book again to continue.",
        code="chat_closed",
        extra={
            "reason": "awaiting_acceptance" if locked else conversation.closed_reason or "ended",
            "current": views.conversation_for(session, session.get_one(Conversation, conversation.id), side),
        },
    )


def recent(session: Session, conversation: LockedRoom | Conversation, side: MemberRole) -> list[str]:
    """What the filter looks back on: this side's latest messages, oldest first."""
    asked = {"conversation_id": conversation.id, "side": side, "since": clock.now() - RECENT_TIME}
    asked["floor"] = conversation.last_seq - RECENT_SPAN
    return list(reversed(session.execute(_RECENT, asked).scalars().all()))


def store(
    session: Session,
    conversation: LockedRoom,
    person: Person,
    client_id: str,
    body: str,
    card: PaymentCard | None = None,
) -> MessagePayload:
    """Put a message at the end of a locked conversation, with the payment card that it carries, and tell both."""
    now, seq = clock.now(), conversation.last_seq + 1
    names = (conversation.customer_name, conversation.therapist_name)
    sender_name, receiver_name = names if person.side == "customer" else names[::-1]
    message = NewMessage(
        id=new_id(),
        conversation_id=conversation.id,
        seq=seq,
        client_id=client_id,
        sender_user_id=person.id,
        sender_role=person.side,
        sender_name=sender_name,
        receiver_name=receiver_name,
        message=body,
        message_type="payment_card" if card else "text",
        created_at=now,
        card=card,
    )
    session.execute(_INSERT, {name: getattr(message, name) for name in _COLUMNS})
    moved = {"room_id": conversation.id, "seq": seq, "now": now} | _kept_up(conversation, person.side, seq)
    session.execute(_MOVE_ON[person.side], moved)
    if card is not None:
        card.message_id = message.id
        session.add(card)
        session.flush()
    view = views.message_view(message, conversation)
    for user_id in (conversation.customer_id, conversation.therapist_user_id):
        log.emit(session, user_id, "message.created", view)
    return view


def _kept_up(conversation: LockedRoom, side: MemberRole, seq: int) -> dict[str, int]:
    """A side's marks after its own message: a sender who had read everything has read this too. One who writes from an
    outbox, with messages still unread, has not: those marks stay.
    """
    marks = {mark: int(getattr(conversation, f"{side}_{mark}_seq")) for mark in ("delivered", "read")}
    return {mark: seq if reached == seq - 1 else reached for mark, reached in marks.items()}


@dataclass(frozen=True, slots=True)
class History:
    """Messages in ascending ``seq``; ``next_cursor`` is the value for the next ``before`` (or ``after``)."""

    items: list[MessagePayload]
    next_cursor: str | None
    cursor: str


def history(person: Person, conversation_id: str, before: int | None, after: int | None, limit: int) -> History:
    """A page of a conversation: the newest, those before a ``seq``, or those after one.

    :raises NotFound: not a conversation of this person
    """

    def run(session: Session) -> History:
        conversation = member_of(session, person, conversation_id)
        query = select(Message).where(Message.conversation_id == conversation.id)
        if before is not None:
            query = query.where(Message.seq < before)
        if after is not None:
            query = query.where(Message.seq > after)
        forward = after is not None
        order = Message.seq.asc() if forward else Message.seq.desc()
        rows = list(session.scalars(query.order_by(order).limit(limit + 1)))
        following = str(rows[limit - 1].seq) if len(rows) > limit else None
        rows = sorted(rows[:limit], key=lambda row: row.seq)
        # Held until the views are made, which find them in the session instead of asking for one after the other.
        _cards = _cards_of(session, rows)
        items = [views.message_view(row, conversation) for row in rows]
        return History(items, following, log.head(session, person.id).cursor)

    return storage.read(run)


def _cards_of(session: Session, messages: Sequence[Message]) -> Sequence[PaymentCard]:
    """The payment cards that these messages carry."""
    ids = [message.id for message in messages if message.message_type == "payment_card"]
    return session.scalars(select(PaymentCard).where(PaymentCard.message_id.in_(ids))).all() if ids else ()


def page(person: Person, after: str | None) -> paging.Page[ConversationPayload]:
    """The person's conversations, the most recently active first."""

    def run(session: Session) -> paging.Page[ConversationPayload]:
        rows, following = paging.in_order(
            session, own_conversations(person), Conversation.active_at, Conversation.id, after
        )
        items = [views.conversation_for(session, row, person.side) for row in rows]
        return paging.Page(items, following, log.head(session, person.id).cursor)

    return storage.read(run)


def find(person: Person, conversation_id: str) -> ConversationPayload:
    """One of the person's conversations.

    :raises NotFound: not a conversation of this person
    """
    return storage.read(
        lambda session: views.conversation_for(session, member_of(session, person, conversation_id), person.side)
    )
