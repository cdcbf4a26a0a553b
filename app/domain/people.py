"""Who is asking."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import Forbidden
from app.events.payloads import MemberRole, UserPayload
from app.models import Therapist, User


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person, as she was when the request or the connection began. ``therapist_id`` is set for a
    therapist only.
    """

    id: str
    role: str
    display_name: str
    is_guest: bool
    locale: str
    timezone: str
    therapist_id: str | None
    share_typing: bool = True
    share_presence: bool = True

    @property
    def side(self) -> MemberRole:
        """The side of a booking or conversation this person can be on.

        :raises Forbidden: an operator is on neither
        """
        if self.role == "customer":
            return "customer"
        if self.role == "therapist":
            return "therapist"
        raise Forbidden("This is for customers and therapists.")

    def require_operator(self) -> None:
        """:raises Forbidden: this is no operator"""
        if self.role != "operator":
            raise Forbidden("This is for operators.")

    def payload(self) -> UserPayload:
        """The person as the session answer shows it."""
        return UserPayload.model_validate({name: getattr(self, name) for name in UserPayload.model_fields})


def users(session: Session, ids: Collection[str]) -> dict[str, User]:
    """The rows of these people, by id."""
    return {user.id: user for user in session.scalars(select(User).where(User.id.in_(ids)))}


def person_of(session: Session, user: User) -> Person:
    """The person behind a user row."""
    therapist_id = None
    if user.role == "therapist":
        therapist_id = session.scalar(select(Therapist.id).where(Therapist.user_id == user.id))
    return Person(
        user.id,
        user.role,
        user.display_name,
        user.is_guest,
        user.locale,
        user.timezone,
        therapist_id,
        user.shares_typing,
        user.shares_presence,
    )
