"""Whether an answer is what the OpenAPI document promises: the part of JSON Schema that the document uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

Json = Any  # whatever came over the wire

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
#: Keywords that say nothing about an answer's shape, or that only requests have.
SILENT = {"title", "description", "default", "pattern", "minLength", "maxLength", "minimum", "maximum"}
KNOWN = SILENT | {"$ref", "anyOf", "allOf", "type", "enum", "const", "format", "properties", "required", "items"}
KNOWN |= {"additionalProperties"}


class Contract:
    """The document of one application."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self._schemas: dict[str, Json] = document["components"]["schemas"]

    def operation(self, method: str, rule: str) -> Json | None:
        """The operation behind one of Flask's rules, None where the document has none."""
        path = self.document["paths"].get(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule), {})
        return path.get(method.lower())

    def responses(self, operation: Json) -> dict[str, Json]:
        """The answers of an operation by status, those that it shares with others included."""
        shared = self.document["components"].get("responses", {})
        return {
            status: shared[response["$ref"].removeprefix("#/components/responses/")] if "$ref" in response else response
            for status, response in operation["responses"].items()
        }

    def schema_of(self, operation: Json, status: int, kind: str) -> Json | None:
        """The schema of an answer; None for one without a body. An answer the document does not have fails."""
        response = self.responses(operation).get(str(status))
        assert response is not None, f"{operation['operationId']} does not declare {status}: @refuses names a code"
        if "content" not in response:
            return None
        assert kind in response["content"], f"{operation['operationId']} answers {kind}"
        return response["content"][kind]["schema"]

    def faults(self, value: Json, schema: Json, *, strict: bool = False, at: str = "$") -> Iterator[str]:
        """What is wrong with ``value``, in words. ``strict``: members that the schema does not name are wrong too."""
        unknown = set(schema) - KNOWN
        assert not unknown, f"teach the contract the keywords {unknown}"
        if "$ref" in schema:
            schema = self._schemas[schema["$ref"].removeprefix("#/components/schemas/")]
        if "anyOf" in schema:
            options = [list(self.faults(value, option, strict=strict, at=at)) for option in schema["anyOf"]]
            if not any(option == [] for option in options):
                yield from min(options, key=len)
            return
        for part in schema.get("allOf", ()):
            yield from self.faults(value, part, at=at)
        yield from self._plain_faults(value, schema, at)
        if isinstance(value, dict):
            yield from self._member_faults(value, schema, strict, at)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.faults(item, schema.get("items", {}), strict=strict, at=f"{at}[{index}]")

    @staticmethod
    def _plain_faults(value: Json, schema: Json, at: str) -> Iterator[str]:
        expected = schema.get("type")
        if expected and (
            not isinstance(value, TYPES[expected]) or (isinstance(value, bool) and expected not in ("boolean",))
        ):
            yield f"{at} is {value!r} and not a {expected}"
        if "enum" in schema and value not in schema["enum"]:
            yield f"{at} is {value!r}, which is none of {schema['enum']}"
        if schema.get("format") == "date-time" and isinstance(value, str):
            if not value.endswith("Z"):
                yield f"{at} is {value!r} and not in UTC"
            datetime.fromisoformat(value)

    def _member_faults(self, value: dict[str, Json], schema: Json, strict: bool, at: str) -> Iterator[str]:
        members = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield f"{at} has no {name}"
        for name, member in value.items():
            if name in members:
                yield from self.faults(member, members[name], strict=strict, at=f"{at}.{name}")
            elif strict and not schema.get("additionalProperties"):
                yield f"{at} has {name}, which the document does not name"
