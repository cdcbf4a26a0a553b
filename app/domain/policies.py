"""The booking's states and who may move it between them: the one table that code and tests read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from app.domain.errors import Forbidden
from app.events.payloads import BookingStatus, CancelReason, MemberRole, NotificationType

Action = Literal["accept", "decline", "confirm", "cancel"]

LIVE: Final[tuple[BookingStatus, ...]] = ("pending", "therapist_accepted", "user_confirmed")

#: "As soon as possible" begins this long after the order, for the way there.
SOON: Final = timedelta(minutes=45)
FURTHEST_AHEAD: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Rule:
    """One permitted transition. ``notice`` is how whoever did not make it is told; ``reason`` the cancelReason that it
    leaves.
    """

    origins: tuple[BookingStatus, ...]
    target: BookingStatus
    notice: NotificationType
    reason: CancelReason | None = None


RULES: Final[Mapping[tuple[Action, MemberRole], Rule]] = {
    ("accept", "therapist"): Rule(("pending",), "therapist_accepted", "booking_accepted"),
    ("decline", "therapist"): Rule(("pending",), "cancelled", "booking_declined", "declined"),
    ("confirm", "customer"): Rule(("therapist_accepted",), "user_confirmed", "booking_confirmed"),
    ("cancel", "customer"): Rule(LIVE, "cancelled", "booking_cancelled", "customer_cancelled"),
    ("cancel", "therapist"): Rule(LIVE, "cancelled", "booking_cancelled", "therapist_cancelled"),
}

#: What the clock does when a state's deadline has passed.
EXPIRIES: Final[Mapping[BookingStatus, Rule]] = {
    "pending": Rule(("pending",), "cancelled", "booking_expired", "answer_expired"),
    "therapist_accepted": Rule(("therapist_accepted",), "cancelled", "booking_expired", "confirm_expired"),
}


def rule_for(action: Action, side: MemberRole) -> Rule:
    """The transition that an action of this side is.

    :raises Forbidden: it is the other side's action
    """
    rule = RULES.get((action, side))
    if rule is None:
        (owner,) = (other for known, other in RULES if known == action)
        raise Forbidden(f"Only the {owner} can {action} a booking.")
    return rule


@dataclass(frozen=True, slots=True)
class Terms:
    """The settings that the domain works by."""

    answer_time: timedelta = timedelta(minutes=10)
    confirm_time: timedelta = timedelta(minutes=15)
    chat_open_time: timedelta = timedelta(hours=24)
    event_retention: timedelta = timedelta(days=14)
    draft_retention: timedelta = timedelta(days=90)
    refusal_retention: timedelta = timedelta(days=90)


_terms: list[Terms] = [Terms()]


def use_terms(terms: Terms) -> None:
    """Set the terms; done once by the composition root."""
    _terms[:] = [terms]


def terms() -> Terms:
    """The terms in force."""
    return _terms[0]
