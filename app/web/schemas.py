"""What clients may send, and the envelopes of what they get. Lengths and meanings are the domain's to check, so that
all faults of a form are reported in one way.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StrictBool,
    StrictInt,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from app.events.oversight import (
    AppealPayload,
    AppealStatus,
    AuditEntryPayload,
    RefusalPayload,
    RefusedPersonPayload,
)
from app.events.payloads import (
    BankAccountPayload,
    BookingPayload,
    BookingStatus,
    ConversationPayload,
    DraftFields,
    Identifier,
    LocationType,
    MassageFor,
    MessagePayload,
    NotificationPayload,
    OwnBookingPayload,
    Payload,
    ProviderKind,
    ProviderStatus,
    TherapistPayload,
    UserPayload,
)

#: The largest seq a client may name; SQLite's integers end above it.
MAX_SEQ = 2**53
#: The largest version of a draft; PostgreSQL's integers end above it.
MAX_VERSION = 2**31 - 2


def _text_only(value: Any) -> Any:
    # pydantic would read a number, also one in quotes, as a time since 1970.
    if value is not None and not isinstance(value, str):
        raise PydanticCustomError("time_type", "a time is written as ISO-8601 text")
    if value is not None and value[4:5] != "-":
        raise PydanticCustomError("time_invalid", "a time is written as ISO-8601 text")
    return value


IsoTime = Annotated[AwareDatetime, BeforeValidator(_text_only)]


class Request(BaseModel):
    """Base of every body: camelCase, unknown members (a price, say) are ignored."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


class GuestRequest(Request):
    """Who wants to look around and book: ``guest_key`` is made and kept by the device, ``timezone`` an IANA name."""

    display_name: str
    guest_key: str | None = Field(None, min_length=16, max_length=128)
    locale: str | None = None
    timezone: str | None = None


class SignInRequest(Request):
    """E-mail and password."""

    email: str = Field(max_length=254, pattern=r"^[^\x00-\x1f]*$")
    password: str = Field(max_length=1000)


class RegisterRequest(Request):
    """What a guest wants to sign in with from now on."""

    email: str = Field(max_length=1000)
    password: str = Field(max_length=1000)


class RecoverRequest(Request):
    """A recovery code as it was read out or typed. ``recovery_key`` is made by the device for this one attempt: it
    makes the call repeatable for a while.
    """

    code: str = Field(max_length=100)
    recovery_key: str | None = Field(None, min_length=16, max_length=128)


class DraftRequest(Request):
    """The whole draft as it is to be, and the version that the device has seen last: 0 for none."""

    model_config = ConfigDict(extra="forbid")

    base_version: Annotated[StrictInt, Field(ge=0, le=MAX_VERSION)]
    draft: DraftFields


class DraftQuery(BaseModel):
    """``baseVersion``: only if this is the version that the server has."""

    base_version: int | None = Field(None, ge=0, le=MAX_VERSION, alias="baseVersion")


class PreferencesRequest(Request):
    """What to let others notice: at least one of the two; what is left out stays as it is."""

    share_typing: StrictBool | None = None
    share_presence: StrictBool | None = None


class StatusRequest(Request):
    """The provider's availability switch."""

    status: ProviderStatus


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


class MessageRequest(Request):
    """A message under the id that the device gave it."""

    client_id: Annotated[Identifier, Field(min_length=8)]
    message: str


class BankAccountRequest(Request):
    """A provider's account: the name of a bank or wallet, whose it is, and its number in any grouping."""

    bank: str
    holder: str
    number: str


class PaymentCardRequest(Request):
    """A card under the id that the device gave it; without ``booking_id`` for the newest accepted booking."""

    client_id: Annotated[Identifier, Field(min_length=8)]
    booking_id: Identifier | None = None


class AppealRequest(Request):
    """A text that was refused, as it was typed, and where it was to go."""

    kind: Literal["message", "customerName", "location", "note", "reason", "displayName"]
    text: str
    conversation_id: Identifier | None = None


class RejectRequest(ReasonRequest):
    """Why an appeal is rejected, for the audit trail."""


class ReadRequest(Request):
    """The newest ``seq`` that has been read."""

    seq: Annotated[StrictInt, Field(ge=0, le=MAX_SEQ)]


class BookingHeaders(BaseModel):
    """The key that makes the call repeatable."""

    idempotency_key: str | None = Field(None, alias="Idempotency-Key")


class TherapistPath(BaseModel):
    """Which provider."""

    therapist_id: str


class BookingPath(BaseModel):
    """Which booking."""

    booking_id: str


class ConversationPath(BaseModel):
    """Which conversation."""

    conversation_id: str


class CardPath(BaseModel):
    """Which payment card, by the id of its message."""

    message_id: str


class AppealPath(BaseModel):
    """Which appeal."""

    appeal_id: str


class RefusalsQuery(BaseModel):
    """``user``: only of this person; ``open``: only with an appeal that waits; ``cursor``: the ``nextCursor`` of the
    page before.
    """

    user: str | None = Field(None, max_length=40)
    open: bool = False
    cursor: str | None = Field(None, max_length=500)


class AppealsQuery(BaseModel):
    """``status``: only these; ``cursor``: the ``nextCursor`` of the page before."""

    status: AppealStatus | None = None
    cursor: str | None = Field(None, max_length=500)


class NotificationPath(BaseModel):
    """Which notification."""

    notification_id: str


class DirectoryQuery(BaseModel):
    """``q``: words in names, areas and services; ``available``: only those free now; ``cursor``: the ``nextCursor`` of
    the page before.
    """

    q: str | None = Field(None, max_length=200)
    area: str | None = Field(None, max_length=200)
    kind: ProviderKind | None = None
    available: bool = False
    cursor: str | None = Field(None, max_length=500)


class BookingsQuery(BaseModel):
    """``status``: only these; ``cursor``: the ``nextCursor`` of the page before."""

    status: BookingStatus | None = None
    cursor: str | None = Field(None, max_length=500)


class PageQuery(BaseModel):
    """``cursor``: the ``nextCursor`` of the page before."""

    cursor: str | None = Field(None, max_length=500)


class HistoryQuery(BaseModel):
    """Messages before a ``seq``, or after one, or the newest; ``limit`` is how many at most."""

    before: int | None = Field(None, ge=0, le=MAX_SEQ)
    after: int | None = Field(None, ge=0, le=MAX_SEQ)
    limit: int = Field(50, ge=1, le=200)


class NotificationsQuery(BaseModel):
    """``unacknowledged``: only these; ``cursor``: the ``nextCursor`` of the page before."""

    unacknowledged: bool = False
    cursor: str | None = Field(None, max_length=500)


class UserAnswer(Payload):
    """Who is signed in now."""

    user: UserPayload


class SessionAnswer(Payload):
    """``cursor`` is the event cursor from which this device may go on."""

    user: UserPayload | None
    server_time: datetime
    cursor: str


class RecoveryCodeAnswer(Payload):
    """The code as it is to be shown, and the address that carries it, for a QR code."""

    code: str
    url: str
    expires_at: datetime


class BankAccountAnswer(Payload):
    """A provider's own account, masked, if there is one."""

    account: BankAccountPayload | None


class DraftSaved(Payload):
    """The version that the draft has now."""

    version: int


class SubmittedAnswer(Payload):
    """The booking and the conversation it belongs to."""

    booking: OwnBookingPayload
    conversation: ConversationPayload


class AnyBooking(RootModel[OwnBookingPayload | BookingPayload]):
    """A booking as its customer sees it, or as its therapist does."""


class List(Payload):
    """A page, true at the event cursor ``cursor``; ``next_cursor`` asks for the following one, if there is one."""

    next_cursor: str | None
    cursor: str


class TherapistList(List):
    """Providers, by name."""

    items: list[TherapistPayload]


class BookingList(List):
    """Bookings, newest first."""

    items: list[OwnBookingPayload | BookingPayload]


class ConversationList(List):
    """Conversations, the most recently active first."""

    items: list[ConversationPayload]


class MessageList(List):
    """Messages, in ascending ``seq``."""

    items: list[MessagePayload]


class NotificationList(List):
    """Notifications, newest first."""

    items: list[NotificationPayload]


class RefusalList(List):
    """Refusals, newest first."""

    items: list[RefusalPayload]


class RefusedPersonList(List):
    """People who were refused, whoever tried most first."""

    items: list[RefusedPersonPayload]


class AppealList(List):
    """Appeals, newest first."""

    items: list[AppealPayload]


class AuditList(List):
    """The audit trail, newest first."""

    items: list[AuditEntryPayload]


class FieldProblem(Payload):
    """What is wrong with one field, by its name in the request."""

    field: str
    code: str
    message: str


class Problem(Payload):
    """The body of every error, ``application/problem+json``."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem]
    request_id: str | None


class Health(Payload):
    """How the server is."""

    status: Literal["ok", "degraded", "down"]
