"""What every body, query and list is made of."""

from functools import cache
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from app.events.payloads import Payload

#: The largest seq a client may name; SQLite's integers end above it.
MAX_SEQ = 2**53


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


class Headers(BaseModel):
    """Base of what is taken from a request's headers."""

    @classmethod
    def model_json_schema(cls, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Made once: flask-openapi asks for it with each request, which took a twentieth of a submission."""
        return _schema_of(cls, *arguments, **options)


@cache
def _schema_of(headers: type[Headers], *arguments: Any, **options: Any) -> dict[str, Any]:
    return super(Headers, headers).model_json_schema(*arguments, **options)


class List(Payload):
    """A page, true at the event cursor ``cursor``; ``next_cursor`` asks for the following one, if there is one."""

    next_cursor: str | None
    cursor: str


class PageQuery(BaseModel):
    """``cursor``: the ``nextCursor`` of the page before."""

    cursor: str | None = Field(None, max_length=500)
