"""Conversations and their messages."""

from typing import Annotated

from pydantic import BaseModel, Field, StrictInt

from app.events.payloads import ConversationPayload, Identifier, MessagePayload
from app.web.schemas.base import MAX_SEQ, List, Request


class MessageRequest(Request):
    """A message under the id that the device gave it."""

    client_id: Annotated[Identifier, Field(min_length=8)]
    message: str


class ReadRequest(Request):
    """The newest ``seq`` that has been read."""

    seq: Annotated[StrictInt, Field(ge=0, le=MAX_SEQ)]


class ConversationPath(BaseModel):
    """Which conversation."""

    conversation_id: str


class HistoryQuery(BaseModel):
    """Messages before a ``seq``, or after one, or the newest; ``limit`` is how many at most."""

    before: int | None = Field(None, ge=0, le=MAX_SEQ)
    after: int | None = Field(None, ge=0, le=MAX_SEQ)
    limit: int = Field(50, ge=1, le=200)


class ConversationList(List):
    """Conversations, the most recently active first."""

    items: list[ConversationPayload]


class MessageList(List):
    """Messages, in ascending ``seq``."""

    items: list[MessagePayload]
