"""Tables and their constraints, a file per aggregate."""

from app.models.account import DeviceSession, RecoveryCode, User
from app.models.audit import AuditEntry
from app.models.booking import ACTIVE_STATES, Booking, BookingTransition
from app.models.conversation import Conversation, Message
from app.models.draft import Draft
from app.models.event import Event, EventHead
from app.models.notification import Notification
from app.models.payment import BankAccount, PaymentCard, PaymentCardReveal
from app.models.refusal import Appeal, Refusal
from app.models.therapist import Service, Therapist, WorkingHours

__all__ = [
    "ACTIVE_STATES",
    "Appeal",
    "AuditEntry",
    "BankAccount",
    "Booking",
    "BookingTransition",
    "Conversation",
    "DeviceSession",
    "Draft",
    "Event",
    "EventHead",
    "Message",
    "Notification",
    "PaymentCard",
    "PaymentCardReveal",
    "RecoveryCode",
    "Refusal",
    "Service",
    "Therapist",
    "User",
    "WorkingHours",
]
