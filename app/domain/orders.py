"""A customer's order, checked: what becomes of the form before anything is stored."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.domain.errors import FieldError, Invalid
from app.domain.free_text import Texts
from app.domain.phones import to_e164
from app.domain.policies import FURTHEST_AHEAD, SOON
from app.models import Therapist
from app.storage.columns import keyed_digests

NAME_LENGTH = 80
AREA_LENGTH = 80
LOCATION_LENGTH = 300
NOTE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Order:
    """The fields of ``POST /api/bookings``. ``expected_price`` is minor units; ``scheduled_time`` None means as soon as
    possible.
    """

    therapist_id: str
    service_id: str
    expected_price: int | None
    customer_name: str
    customer_whatsapp: str
    location_type: str
    area: str
    location: str
    massage_for: str
    scheduled_time: datetime | None
    note: str | None

    def fingerprint(self) -> bytes:
        """Kept with the booking, to tell a replay from another order under the same key."""
        return keyed_digests(self._content())[0]

    def has_fingerprint(self, kept: bytes) -> bool:
        """Whether ``kept`` is the fingerprint of this very order, also one made with an older field key."""
        return kept in keyed_digests(self._content())

    def _content(self) -> bytes:
        parts = [
            self.therapist_id,
            self.service_id,
            self.customer_name,
            self.customer_whatsapp,
            self.location_type,
            self.area,
            self.location,
            self.massage_for,
            # The same moment in another zone is the same order.
            self.scheduled_time.timestamp() if self.scheduled_time else None,
            self.note,
        ]
        return json.dumps(parts).encode()


def checked(order: Order) -> tuple[Order, Texts]:
    """The order with its texts cleaned and its number as E.164, and what is wrong with any of them."""
    texts = Texts()
    if order.location_type == "place":
        # An address is not asked for there. One that came all the same stood in a form that does not show it any more:
        # it is nobody's business, and what is wrong with it nobody could mend.
        order = replace(order, area="", location="")
    shortest = 0 if order.location_type == "place" else 1
    number = to_e164(order.customer_whatsapp)
    cleaned = replace(
        order,
        customer_name=texts.take("customerName", order.customer_name, longest=NAME_LENGTH),
        area=texts.take("area", order.area, longest=AREA_LENGTH, shortest=shortest),
        location=texts.take("location", order.location, longest=LOCATION_LENGTH, shortest=shortest, lines=True),
        note=texts.take("note", order.note or "", longest=NOTE_LENGTH, shortest=0, lines=True) or None,
        customer_whatsapp=number or order.customer_whatsapp,
    )
    if number is None:
        texts.errors.insert(0, _whatsapp_error(order.customer_whatsapp))
    return cleaned, texts


def _whatsapp_error(text: str) -> FieldError:
    if not text.strip():
        return FieldError("customerWhatsApp", "required", "Please fill this in.")
    return FieldError(
        "customerWhatsApp", "invalid_phone", "This is not a complete phone number. Write it as 0812… or with +country."
    )


def start_of(order: Order, now: datetime) -> datetime:
    """When the session begins; a time that is asked for counts to the minute, as people say it and screens show it.

    :raises Invalid: in the past, or too far ahead
    """
    if order.scheduled_time is None:
        return now + SOON
    start = order.scheduled_time.replace(second=0, microsecond=0)
    if start <= now:
        raise _time_error("in_past", "This time has passed. Choose one that is still ahead.")
    if order.scheduled_time > now + FURTHEST_AHEAD:
        raise _time_error("too_far", f"At most {FURTHEST_AHEAD.days} days ahead, please.")
    # Only now: at the end of the calendar there is no other zone to convert to.
    return start.astimezone(UTC)


def place_of(order: Order, therapist: Therapist) -> tuple[str, str]:
    """Area and exact location of the session; at the provider's own place both are the provider's."""
    if order.location_type == "place":
        return therapist.area, therapist.address or f"{therapist.display_name}, {therapist.area}"
    return order.area, order.location


def has_own_place(therapist: Therapist) -> bool:
    """Whether customers can come to the provider: a place is one, and a therapist may have one."""
    return therapist.kind == "place" or bool(therapist.address)


def no_own_place() -> Invalid:
    """The refusal of a session at the place of somebody who has none."""
    message = "This therapist has no place of their own and comes to you. Choose home, hotel or villa."
    return Invalid(f"{message} Your details are kept.", errors=[FieldError("locationType", "no_own_place", message)])


def travel_fee_of(order: Order, therapist: Therapist) -> int:
    """What the way to the customer costs, in minor units: nothing at the provider's own place."""
    return 0 if order.location_type == "place" else therapist.travel_fee


def outside_hours() -> Invalid:
    """The refusal of a time at which the provider does not work."""
    return _time_error("outside_hours", "The provider does not work at this time. Choose another one.")


def _time_error(code: str, message: str) -> Invalid:
    return Invalid(f"{message} Your details are kept.", errors=[FieldError("scheduledTime", code, message)])
