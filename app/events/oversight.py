"""The shapes of refusals and appeals, and of what an operator sees of them."""

from datetime import datetime
from typing import Any, Literal

from app.events.payloads import Payload

TextKind = Literal["message", "customerName", "location", "note", "reason", "displayName", "profile"]
AppealStatus = Literal["open", "allowed", "rejected", "used"]


class AppealAnswer(Payload):
    """What became of an appeal. Without an ``id`` there is nothing to judge: the text may be sent."""

    id: str | None
    status: Literal["open", "allowed"]


class OwnAppeal(Payload):
    """How one's own appeal stands; what it is about is on the device that asked."""

    id: str
    kind: TextKind
    conversation_id: str | None
    status: Literal["open", "allowed", "rejected"]


class RefusalPayload(Payload):
    """A text that was refused, redacted; not ``enforced``: that the rules on trial would have refused. ``tries`` counts
    the same text within ten minutes. ``spared_by``: the version of the rules on trial that would have let it pass.
    """

    id: str
    user_id: str | None
    display_name: str | None
    conversation_id: str | None
    kind: TextKind
    code: str
    redacted: str
    engine_version: str
    rules_version: str
    enforced: bool
    spared_by: str | None
    tries: int
    created_at: datetime
    last_at: datetime


class RefusedPersonPayload(Payload):
    """How often a person was refused: ``refusals`` different texts, ``tries`` in all."""

    user_id: str
    display_name: str
    role: Literal["customer", "therapist", "operator"]
    is_guest: bool
    refusals: int
    tries: int
    last_at: datetime


class AppealPayload(Payload):
    """An appeal as an operator sees it. ``text`` with the ``spans`` that offend is there until it is judged, and so are
    the person's texts before it where only they make it wrong (``SPLIT``), oldest first in ``recent``.
    """

    id: str
    status: AppealStatus
    kind: TextKind
    code: str
    text: str | None
    recent: list[str]
    spans: list[list[int]]
    redacted: str
    user_id: str
    display_name: str
    role: Literal["customer", "therapist", "operator"]
    conversation_id: str | None
    customer_name: str | None
    therapist_name: str | None
    reason: str | None
    created_at: datetime
    judged_at: datetime | None
    used_at: datetime | None


class AuditEntryPayload(Payload):
    """Who did what to what, and when. ``data`` holds no secrets and no texts of people."""

    id: str
    actor_id: str
    actor_name: str
    action: str
    subject_type: str
    subject_id: str
    data: dict[str, Any]
    created_at: datetime


class RevealPayload(Payload):
    """Somebody was shown the account number on a payment card, which is not here."""

    card_id: str
    booking_id: str
    bank: str
    viewer_id: str
    viewer_name: str
    therapist_name: str
    at: datetime


class CodeCount(Payload):
    """How many texts, and how many tries of them, with this code."""

    code: str
    texts: int
    tries: int


class ShadowPayload(Payload):
    """What the rules on trial would change: ``version`` is theirs; there is none when no rules are."""

    version: str | None
    enforcing: str
    newly_blocked: list[CodeCount]
    newly_allowed: list[CodeCount]
