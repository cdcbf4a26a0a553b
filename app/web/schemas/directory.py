"""Providers, and what they say of themselves."""

from pydantic import BaseModel, Field

from app.events.payloads import ProviderKind, ProviderStatus, TherapistPayload
from app.web.schemas.base import List, Request


class TherapistPath(BaseModel):
    """Which provider."""

    therapist_id: str


class DirectoryQuery(BaseModel):
    """``q``: words in names, areas and services; ``available``: only those free now; ``cursor``: the ``nextCursor`` of
    the page before.
    """

    q: str | None = Field(None, max_length=200)
    area: str | None = Field(None, max_length=200)
    kind: ProviderKind | None = None
    available: bool = False
    cursor: str | None = Field(None, max_length=500)


class StatusRequest(Request):
    """The provider's availability switch."""

    status: ProviderStatus


class TherapistList(List):
    """Providers, by name."""

    items: list[TherapistPayload]
