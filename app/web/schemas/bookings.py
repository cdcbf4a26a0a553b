"""Orders and bookings."""

from typing import Any

from pydantic import BaseModel, Field, RootModel, StrictInt, model_validator

from app.events.payloads import (
    BookingPayload,
    BookingStatus,
    ConversationPayload,
    Identifier,
    LocationType,
    MassageFor,
    OwnBookingPayload,
    Payload,
)
from app.web.schemas.base import Headers, IsoTime, List, Request


class BookingRequest(Request):
    """A booking form. ``expected_price`` is the total that was shown, in minor units; without ``scheduled_time`` it is
    for as soon as possible; at the provider's own place ``area`` and ``location`` are the provider's, and what is sent
    for them is ignored.
    """

    therapist_id: Identifier
    service_id: Identifier
    expected_price: StrictInt | None = None
    customer_name: str
    customer_whats_app: str
    location_type: LocationType
    area: str = ""
    location: str = ""
    massage_for: MassageFor
    scheduled_time: IsoTime | None = None
    note: str | None = None


class ReasonRequest(Request):
    """Why a booking is declined or cancelled, in words for the other side."""

    reason: str | None = None

    @model_validator(mode="before")
    @classmethod
    def nothing_is_no_reason(cls, body: Any) -> Any:
        """The body may be left out."""
        return {} if body is None else body


class BookingHeaders(Headers):
    """The key that makes the call repeatable."""

    idempotency_key: str | None = Field(None, alias="Idempotency-Key")


class BookingPath(BaseModel):
    """Which booking."""

    booking_id: str


class BookingsQuery(BaseModel):
    """``status``: only these; ``cursor``: the ``nextCursor`` of the page before."""

    status: BookingStatus | None = None
    cursor: str | None = Field(None, max_length=500)


class SubmittedAnswer(Payload):
    """The booking and the conversation it belongs to."""

    booking: OwnBookingPayload
    conversation: ConversationPayload


class AnyBooking(RootModel[OwnBookingPayload | BookingPayload]):
    """A booking as its customer sees it, or as its therapist does."""


class BookingList(List):
    """Bookings, newest first."""

    items: list[OwnBookingPayload | BookingPayload]
