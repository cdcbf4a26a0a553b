"""Every event there is, with the payload it carries. Clients are tested against this list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from app.events.payloads import (
    BookingPayload,
    ConversationPayload,
    DraftChangedPayload,
    MarksPayload,
    MessagePayload,
    NotificationPayload,
    Payload,
)

EventType = Literal[
    "booking.created",
    "booking.changed",
    "message.created",
    "message.changed",
    "conversation.marks",
    "conversation.opened",
    "conversation.closed",
    "notification.created",
    "notification.acknowledged",
    "draft.changed",
]

BookingEvent = Literal["booking.created", "booking.changed"]

PAYLOADS: Final[Mapping[EventType, type[Payload]]] = {
    "booking.created": BookingPayload,
    "booking.changed": BookingPayload,
    "message.created": MessagePayload,
    "message.changed": MessagePayload,
    "conversation.marks": MarksPayload,
    "conversation.opened": ConversationPayload,
    "conversation.closed": ConversationPayload,
    "notification.created": NotificationPayload,
    "notification.acknowledged": NotificationPayload,
    "draft.changed": DraftChangedPayload,
}


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event of a person's stream. ``data`` is its payload as JSON text, ready for the wire."""

    user_id: str
    seq: int
    tag: str
    type: str
    data: str
    at: datetime

    @property
    def cursor(self) -> str:
        return f"{self.seq}-{self.tag}"
