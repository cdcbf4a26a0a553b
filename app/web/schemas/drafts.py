"""What is being filled in."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from app.events.payloads import DraftFields, Payload
from app.web.schemas.base import Request

#: The largest version of a draft; PostgreSQL's integers end above it.
MAX_VERSION = 2**31 - 2


class DraftRequest(Request):
    """The whole draft as it is to be, and the version that the device has seen last: 0 for none."""

    model_config = ConfigDict(extra="forbid")

    base_version: Annotated[StrictInt, Field(ge=0, le=MAX_VERSION)]
    draft: DraftFields


class DraftQuery(BaseModel):
    """``baseVersion``: only if this is the version that the server has."""

    base_version: int | None = Field(None, ge=0, le=MAX_VERSION, alias="baseVersion")


class DraftSaved(Payload):
    """The version that the draft has now."""

    version: int
