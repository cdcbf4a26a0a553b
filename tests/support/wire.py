"""The parts of the API's JSON that the tests read, as types."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Json = dict[str, Any]  # JSON whose shape is the test's own business

Role = Literal["customer", "therapist", "operator"]
Status = Literal["pending", "therapist_accepted", "user_confirmed", "cancelled"]


class User(TypedDict):
    id: str
    role: Role
    displayName: str
    isGuest: bool
    therapistId: NotRequired[str | None]
    shareTyping: bool
    sharePresence: bool


class Booking(TypedDict):
    bookingId: str
    customerId: str
    therapistId: str
    customerName: str
    conversationId: str
    status: Status
    scheduledTime: str
    expiresAt: str | None
    cancelledBy: str | None
    cancelReason: str | None
    acceptedAt: str | None
    version: int


class Mark(TypedDict):
    role: Role
    deliveredSeq: int
    readSeq: int


class Conversation(TypedDict):
    id: str
    isOpen: bool
    canWrite: bool
    isUnlocked: bool
    closedReason: str | None
    unreadCount: int
    marks: list[Mark]


class Message(TypedDict):
    id: str
    conversationId: str
    seq: int
    clientId: str | None
    message: str
    messageType: str
    isRead: bool


class Event(TypedDict):
    seq: int
    type: str
    data: Json
    at: str


class Batch(TypedDict):
    events: list[Event]
    cursor: str
    reset: bool


class Booked(TypedDict):
    booking: Booking
    conversation: Conversation
