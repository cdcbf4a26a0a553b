"""Appeals, and what an operator asks for."""

from pydantic import BaseModel, Field

from app.events.oversight import (
    AppealPayload,
    AppealStatus,
    AuditEntryPayload,
    OwnAppeal,
    RefusalPayload,
    RefusedPersonPayload,
    RevealPayload,
    TextKind,
)
from app.events.payloads import Identifier, Payload
from app.web.schemas.base import List, Request
from app.web.schemas.bookings import ReasonRequest


class AppealRequest(Request):
    """A text that was refused, as it was typed, and where it was to go."""

    kind: TextKind
    text: str
    conversation_id: Identifier | None = None


class RejectRequest(ReasonRequest):
    """Why an appeal is rejected, for the audit trail."""


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


class RefusalList(List):
    """Refusals, newest first."""

    items: list[RefusalPayload]


class RefusedPersonList(List):
    """People who were refused, whoever tried most first."""

    items: list[RefusedPersonPayload]


class AppealList(List):
    """Appeals, newest first; those that wait, oldest first."""

    items: list[AppealPayload]


class OwnAppealList(Payload):
    """One's own appeals, newest first."""

    items: list[OwnAppeal]


class AuditList(List):
    """The audit trail, newest first."""

    items: list[AuditEntryPayload]


class RevealList(List):
    """Looks at the numbers on payment cards, newest first."""

    items: list[RevealPayload]
