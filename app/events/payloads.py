"""The shapes that answers and events share: one class each, camelCase on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

BookingStatus = Literal["pending", "therapist_accepted", "user_confirmed", "cancelled"]
CancelledBy = Literal["customer", "therapist", "system"]
CancelReason = Literal["customer_cancelled", "therapist_cancelled", "declined", "answer_expired", "confirm_expired"]
ClosedReason = Literal[
    "declined", "answer_expired", "confirm_expired", "customer_cancelled", "therapist_cancelled", "ended"
]
LocationType = Literal["home", "hotel", "villa", "place"]
MassageFor = Literal["female", "male", "couple", "child"]
MessageType = Literal["text", "system", "booking", "payment_card"]
MemberRole = Literal["customer", "therapist"]
NotificationType = Literal[
    "booking_request",
    "booking_accepted",
    "booking_declined",
    "booking_confirmed",
    "booking_cancelled",
    "booking_expired",
    "message_allowed",
    "appeal_rejected",
]
ProviderKind = Literal["therapist", "place"]
ProviderStatus = Literal["available", "busy", "offline"]


#: Ids and keys as clients write them: no spaces, no control characters, which not every database can look up.
Identifier = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]


def _is_a_time(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("time_invalid", "there is no such time") from None
    return text


#: A time that is kept and given back as the device wrote it, so that a device can compare the texts.
UtcText = Annotated[
    str,
    Field(
        max_length=32,
        pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$",
        json_schema_extra={"format": "date-time"},
    ),
    AfterValidator(_is_a_time),
]


class Payload(BaseModel):
    """Base of everything sent to a client."""

    # An error of one is logged; what people wrote is not.
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True, hide_input_in_errors=True
    )


class BookingPayload(Payload):
    """A booking as one person may see it. Prices are minor units, ``duration`` is minutes."""

    booking_id: str
    customer_id: str
    therapist_id: str
    conversation_id: str
    customer_name: str
    therapist_name: str
    status: BookingStatus
    price: int
    service_price: int
    travel_fee: int
    currency: str
    duration: int
    service_id: str
    service_name: str
    area: str
    location: str | None
    location_type: LocationType
    massage_for: MassageFor
    scheduled_time: datetime
    end_time: datetime
    timezone: str
    expires_at: datetime | None
    cancelled_by: CancelledBy | None
    cancel_reason: CancelReason | None
    cancel_note: str | None
    completed: bool
    note: str | None
    version: int
    created_at: datetime
    accepted_at: datetime | None
    confirmed_at: datetime | None
    cancelled_at: datetime | None


class OwnBookingPayload(BookingPayload):
    """A booking in an answer to its own customer: only here do the number and the address appear."""

    customer_whats_app: str
    address: str


class MarkPayload(Payload):
    """How far one side of a conversation has received and read."""

    role: MemberRole
    delivered_seq: int
    read_seq: int


class PaymentCardPayload(Payload):
    """A payment card as both sides see it. ``card_id`` is the id of its message; of the number ``masked`` has the last
    digits. ``is_outdated``: the therapist has another account by now, or none.
    """

    card_id: str
    booking_id: str
    bank: str
    holder: str
    masked: str
    is_outdated: bool


class MessagePayload(Payload):
    """A chat message. ``sender_id`` is ``customer_{customerId}`` or ``therapist_{therapistId}``. Of a payment card
    ``message`` is the bank and the masked number, for lists.
    """

    id: str
    conversation_id: str
    seq: int
    client_id: str
    sender_id: str
    sender_name: str
    sender_role: MemberRole
    receiver_id: str
    receiver_name: str
    receiver_role: MemberRole
    message: str
    message_type: MessageType
    payment_card: PaymentCardPayload | None
    is_read: bool
    created_at: datetime


class ConversationPayload(Payload):
    """A conversation as one member sees it: ``can_write`` and ``unread_count`` are the viewer's own.

    ``is_unlocked``: one of the bookings that keep it open was accepted, so the therapist may write too.
    """

    id: str
    customer_id: str
    therapist_id: str
    customer_name: str
    therapist_name: str
    booking_id: str | None
    is_open: bool
    can_write: bool
    is_unlocked: bool
    closed_reason: ClosedReason | None
    expires_at: datetime | None
    unread_count: int
    marks: list[MarkPayload]
    last_message: MessagePayload | None
    version: int


class MarksPayload(Payload):
    """Both sides' marks of one conversation."""

    conversation_id: str
    marks: list[MarkPayload]


class NotificationPayload(Payload):
    """Something a person must be told. ``level`` is its urgency; ``appeal_id`` is there when it tells a judgement."""

    id: str
    type: NotificationType
    booking_id: str | None
    appeal_id: str | None
    title: str
    body: str
    created_at: datetime
    acknowledged_at: datetime | None
    level: int


class DraftFields(Payload):
    """What a customer has filled in of a booking form: texts as typed, nothing for what is not chosen yet. ``when``
    tells "as soon as possible" from a time not chosen yet; ``schema`` is the number of the client's own format.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    service_id: Identifier | None = None
    customer_name: str | None = None
    customer_whats_app: str | None = None
    location_type: LocationType | None = None
    area: str | None = None
    location: str | None = None
    massage_for: MassageFor | None = None
    when: Literal["asap", "later"] | None = None
    scheduled_time: UtcText | None = None
    note: str | None = None
    last_modified: UtcText | None = None
    schema_number: Annotated[StrictInt, Field(ge=1, le=1000)] | None = Field(None, alias="schema")


class DraftPayload(Payload):
    """A draft as the server has it; ``version`` 0: there never was one. Without ``draft`` it was removed, or became a
    booking; its version stays.
    """

    version: int
    draft: DraftFields | None
    updated_at: datetime | None


class DraftChangedPayload(Payload):
    """A draft of the same person was saved or removed, here or on another device."""

    therapist_id: str
    version: int


class BankAccountPayload(Payload):
    """A provider's own account. The whole number is never given back, to nobody."""

    bank: str
    holder: str
    masked: str
    updated_at: datetime


class RevealedCardPayload(Payload):
    """The number on a payment card, in an answer to the customer of its booking and nowhere else."""

    card_id: str
    bank: str
    holder: str
    number: str
    is_outdated: bool


class ServicePayload(Payload):
    """A session on offer: ``duration`` in minutes, ``price`` in minor units."""

    id: str
    name: str
    name_id: str
    duration: int
    price: int
    currency: str


class OpeningPayload(Payload):
    """One opening, ``HH:MM`` in the provider's zone; 0 is Monday, ``24:00`` the end of the day."""

    weekday: int
    opens: str
    closes: str


class TherapistPayload(Payload):
    """A provider as everyone may see it."""

    id: str
    kind: ProviderKind
    display_name: str
    area: str
    areas_served: list[str]
    address: str | None
    timezone: str
    languages: list[str]
    capacity: int
    status: ProviderStatus
    travel_fee: int
    currency: str
    services: list[ServicePayload]
    photo_url: str | None
    about_en: str
    about_id: str
    hours: list[OpeningPayload]


class UserPayload(Payload):
    """The signed-in person, for that person's own eyes. ``share_…``: what the other members of her conversations may
    notice.
    """

    id: str
    role: Literal["customer", "therapist", "operator"]
    display_name: str
    is_guest: bool
    locale: str
    timezone: str
    therapist_id: str | None
    share_typing: bool
    share_presence: bool
