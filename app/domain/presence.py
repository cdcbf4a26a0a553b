"""What the two members of an open conversation may notice of each other: who sees whom, and when somebody was here
last. Nobody else learns anything, and a person who does not share it is not seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock
from app.domain.people import Person
from app.models import Conversation, User
from app.storage.columns import UtcDateTime


@dataclass(frozen=True, slots=True)
class Companion:
    """The other member of an open conversation. ``last_seen_at`` is None for one who was never seen to go."""

    conversation_id: str
    user_id: str
    shares_presence: bool
    last_seen_at: datetime | None


def _is_open() -> ColumnElement[bool]:
    # Also of one that is due to close and has not been announced as closed yet.
    not_yet = or_(Conversation.closes_at.is_(None), Conversation.closes_at > bindparam("now", type_=UtcDateTime))
    return and_(Conversation.closed_at.is_(None), not_yet)


_SIDES = {
    "customer": (Conversation.customer_id, Conversation.therapist_user_id),
    "therapist": (Conversation.therapist_user_id, Conversation.customer_id),
}
# Built once: the first is asked for whoever types.
_LISTENERS = {
    side: select(other)
    .join(User, User.id == own)
    .where(
        own == bindparam("person_id"),
        Conversation.id == bindparam("conversation_id"),
        _is_open(),
        User.shares_typing,
        *([Conversation.is_unlocked] if side == "therapist" else []),
    )
    for side, (own, other) in _SIDES.items()
}
_COMPANIONS = {
    side: select(Conversation.id, other, User.shares_presence, User.last_seen_at)
    .join(User, User.id == other)
    .where(own == bindparam("person_id"), Conversation.id.in_(bindparam("ids", expanding=True)), _is_open())
    for side, (own, other) in _SIDES.items()
}
# A time only rises: of two workers that a person leaves, the later one is right.
_SEEN = (
    update(User)
    .where(
        User.id == bindparam("person_id"),
        or_(User.last_seen_at.is_(None), User.last_seen_at < bindparam("at", type_=UtcDateTime)),
    )
    .values(last_seen_at=bindparam("at", type_=UtcDateTime))
)


def who_sees_typing(person: Person, conversation_id: str) -> str | None:
    """The user id of whoever is to see that this person types there. None for nobody: it is not this person's
    conversation, she may not write there now, or she does not share her typing.
    """
    statement = _LISTENERS.get(person.role)
    if statement is None:
        return None
    asked = {"person_id": person.id, "conversation_id": conversation_id, "now": clock.now()}
    return storage.read(lambda session: session.execute(statement, asked).scalar_one_or_none())


def companions(person: Person, conversation_ids: Sequence[str]) -> list[Companion]:
    """The other members of those among the conversations that are this person's and open; nothing of any other."""
    statement = _COMPANIONS.get(person.role)
    if statement is None or not conversation_ids:
        return []
    asked = {"person_id": person.id, "ids": list(conversation_ids), "now": clock.now()}
    return storage.read(lambda session: [Companion(*row) for row in session.execute(statement, asked)])


def record_last_seen(moments: Mapping[str, datetime]) -> None:
    """Keep until when these people (by user id) were connected, in one transaction."""
    # In one order everywhere, so that two workers never wait for each other.
    rows = [{"person_id": user_id, "at": moments[user_id]} for user_id in sorted(moments)]

    def run(session: Session) -> None:
        session.connection().execute(_SEEN, rows)

    if rows:
        storage.write(run)
