"""Somebody's device: requests of one person, each answer held against the OpenAPI document."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.domain.town import NOON
from tests.web.contract import Contract

_keys = itertools.count(1)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers, and the JSON (None where there was none)."""

    status: int
    headers: Mapping[str, str]
    body: Any
    text: str

    def __repr__(self) -> str:
        return f"<{self.status} {self.text[:300]}>"

    @property
    def code(self) -> str:
        """The code of a problem."""
        assert self.headers["Content-Type"] == "application/problem+json", self
        return str(self.body["code"])

    @property
    def refusal(self) -> tuple[int, str]:
        """Status and code of a problem."""
        return self.status, self.code

    @property
    def fields(self) -> set[tuple[str, str]]:
        """Fields and codes of a problem's errors."""
        return {(error["field"], error["code"]) for error in self.body["errors"]}


class Device:
    """A cookie jar, and the verbs of HTTP."""

    def __init__(self, client: FlaskClient, contract: Contract, cookie: str | None = None) -> None:
        self.client = client
        self._contract = contract
        if cookie is not None:
            client.set_cookie("tenang_session", cookie)

    @property
    def cookie(self) -> str | None:
        """The session's cookie."""
        found = self.client.get_cookie("tenang_session")
        return found.value if found else None

    def get(self, path: str, **query: object) -> Answer:
        return self.call("GET", path, query=query)

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        return self.call("POST", path, body, headers=headers)

    def put(self, path: str, body: object = None) -> Answer:
        return self.call("PUT", path, body)

    def delete(self, path: str) -> Answer:
        return self.call("DELETE", path)

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        raw: bytes | None = None,
    ) -> Answer:
        """The answer to one request. ``raw`` is a body that is not (or not proper) JSON."""
        response = self.client.open(
            path,
            method=method,
            data=raw if raw is not None else None if body is None else json.dumps(body).encode(),
            query_string={name: str(value) for name, value in query.items()} if query else None,
            headers={"Content-Type": "application/json", **(headers or {})},
        )
        answer = Answer(response.status_code, dict(response.headers), _json_of(response), response.text)
        assert answer.status != 500, f"{method} {path} is a fault of ours: {answer.text}"
        self._hold_against_the_document(method, response, answer)
        return answer

    def submit(self, form: Mapping[str, Any], key: str | None = None) -> Answer:
        """Send a booking form, under a key of its own unless one is given."""
        return self.call("POST", "/api/bookings", form, headers={"Idempotency-Key": key or f"key-{next(_keys):08}"})

    def _hold_against_the_document(self, method: str, response: TestResponse, answer: Answer) -> None:
        rule = self._rule(method, response.request.path)
        operation = self._contract.operation(method, rule) if rule else None
        if operation is None:
            return
        schema = self._contract.schema_of(operation, answer.status, response.mimetype or "")
        faults = list(self._contract.faults(answer.body, schema)) if schema else []
        assert not faults, f"{operation['operationId']}: {faults}"

    def _rule(self, method: str, path: str) -> str | None:
        try:
            rule, _ = self.client.application.url_map.bind("localhost").match(path, method, return_rule=True)
        except HTTPException:
            return None
        return rule.rule


def _json_of(response: TestResponse) -> Any:
    return json.loads(response.text) if (response.mimetype or "").endswith("json") else None


def form(therapist: str = "ayu", **changes: Any) -> dict[str, Any]:
    """A booking form that is right in every field, but for ``changes``; a change to None leaves the field out."""
    fields = {
        "therapistId": therapist,
        "serviceId": f"{therapist}.60",
        "customerName": "Budi Santoso",
        "customerWhatsApp": "+62 812-3456-7890",
        "locationType": "hotel",
        "area": "Sanur",
        "location": "Hotel Melati, room 12",
        "massageFor": "male",
        "scheduledTime": NOON.isoformat(),
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}
