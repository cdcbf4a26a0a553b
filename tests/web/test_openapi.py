"""``GET /openapi.json``: a valid OpenAPI 3.1 document of every route, and every answer is as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.people import Person
from app.web.problems import HTTP_CODES
from app.web.refusals import STATUSES
from tests.domain.people import AYU, BUDI, OPERATOR
from tests.domain.town import Town
from tests.support.databases import ROOT
from tests.web.contract import KNOWN, Contract
from tests.web.device import Device
from tests.web.doors import ALL, DOORS, PUBLIC, Door, budis_things
from tests.web.house import House

METHODS = {"get", "put", "post", "delete", "patch", "head", "options", "trace"}
DOCUMENTED = [door for door in DOORS if door.rule.startswith("/api/") or door.rule in ("/healthz", "/readyz")]
READS = [door for door in DOCUMENTED if door.method == "GET"]


@pytest.fixture
def document(nobody: Device) -> dict[str, Any]:
    """The document as it is served."""
    answer = nobody.get("/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    found: dict[str, Any] = answer.body
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and content of each operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema in the document, inner ones included."""
    if isinstance(node, list):
        for item in node:
            yield from schemas(item)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name == "schema":
                yield value
            elif name in ("schemas", "properties") and isinstance(value, dict):
                yield from value.values()
            yield from schemas(value)


def test_it_has_what_the_standard_requires(document: dict[str, Any]) -> None:
    """# R42"""
    assert document["openapi"] == "3.1.0"
    assert {"title", "version"} <= set(document["info"])
    assert "null" not in json.dumps({name: document[name] for name in ("info", "components")}).replace('"null"', "")
    for path, method, operation in operations(document):
        assert path.startswith("/")
        assert method in METHODS
        assert operation["responses"], (method, path)
        responses = Contract(document).responses(operation)
        assert all(response["description"] for response in responses.values())


def test_operations_are_called_differently(document: dict[str, Any]) -> None:
    """# R42"""
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)


def test_every_part_of_a_path_is_a_declared_parameter(document: dict[str, Any]) -> None:
    """# R42"""
    for path, method, operation in operations(document):
        parameters = operation.get("parameters", [])
        declared = {p["name"] for p in parameters if p["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path)), (method, path)
        assert all(p["required"] for p in parameters if p["in"] == "path")
        assert {p["in"] for p in parameters} <= {"path", "query", "header"}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    """# R42"""
    for reference in set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(document))):
        node: Any = document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
        assert node


def test_every_schema_uses_keywords_that_exist(document: dict[str, Any]) -> None:
    """And that the contract of these tests knows how to check. # R42"""
    found = list(schemas(document))
    assert len(found) > 100
    for schema in found:
        assert set(schema) <= KNOWN, schema


@pytest.mark.usefixtures("town")
def test_every_route_of_the_api_is_in_it_and_nothing_else(document: dict[str, Any]) -> None:
    """# R42"""
    told = {(method.upper(), path) for path, method, _ in operations(document)}
    assert told == {(door.method, re.sub(r"<(\w+)>", r"{\1}", door.rule)) for door in DOCUMENTED}


def allowed(operation: dict[str, Any]) -> set[str] | None:
    """The roles that an operation is for; none at all: everybody with a session; None: everybody."""
    requirements = operation["security"]
    assert all(list(requirement) == ["session"] for requirement in requirements)
    return {role for requirement in requirements for role in requirement["session"]} if requirements else None


def codes(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, set[str]]:
    """The codes an operation refuses with, by status."""
    found = {}
    for status, response in Contract(document).responses(operation).items():
        problem = response.get("content", {}).get("application/problem+json", {}).get("schema", {})
        if "allOf" in problem:
            found[status] = set(problem["allOf"][1]["properties"]["code"]["enum"])
    return found


@pytest.mark.usefixtures("town")
def test_who_may_call_an_operation_is_what_the_guard_enforces(house: House, document: dict[str, Any]) -> None:
    """Every route's marks, read from the application itself. # R42"""
    seen = 0
    for rule in house.app.url_map.iter_rules():
        view = house.app.view_functions[rule.endpoint]
        is_open = getattr(view, "is_public", False) or not rule.rule.startswith("/api/")
        for method in rule.methods or ():
            operation = house.contract.operation(method, rule.rule)
            if operation is None:
                continue
            seen += 1
            roles = set(getattr(view, "roles", ()))
            assert allowed(operation) == (None if is_open else roles), (method, rule.rule)
            # What is open may still be refused with the session of somebody else than the page means.
            asks = not is_open or getattr(view, "asks_whose", False)
            assert ("sign_in_required" in codes(document, operation).get("401", ())) == asks
            assert ("wrong_role" in codes(document, operation).get("403", ())) == bool(roles)
    assert seen == len(list(operations(document)))


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("door", DOCUMENTED, ids=lambda door: door.name)
def test_who_may_call_an_operation_is_what_outsiders_found(house: House, door: Door) -> None:
    """The table of tests/web/test_outsiders.py, where each door is knocked at. # R42"""
    operation = house.contract.operation(door.method, door.rule)
    assert operation is not None
    told = allowed(operation)
    assert (ALL if told == set() else told or PUBLIC) == door.roles or told == set(door.roles)


def test_the_session_is_the_cookie(document: dict[str, Any]) -> None:
    """# R42"""
    schemes = document["components"]["securitySchemes"]
    assert schemes == {"session": {"type": "apiKey", "in": "cookie", "name": "tenang_session"}}


def test_every_operation_says_how_it_refuses(document: dict[str, Any]) -> None:
    """That an answer has no other code is checked wherever a test of this folder gets one. # R42"""
    for path, method, operation in operations(document):
        refusal = operation["responses"]["default"]["content"]
        assert list(refusal) == ["application/problem+json"], (method, path)
        assert codes(document, operation)["400"] >= {"bad_request"}
        assert ("cross_site" in codes(document, operation).get("403", ())) == (method != "get")
        assert ("404" in operation["responses"]) >= ("{" in path)


def test_every_code_has_the_status_that_the_protocol_gives_it() -> None:
    """# R42"""
    page = (ROOT / "docs" / "protocol.md").read_text()
    rows = re.findall(r"^\| (\d{3}) \| (`[^|]+`) \|", page, re.MULTILINE)
    told = {code: int(status) for status, cell in rows for code in re.findall(r"`(\w+)`", cell)}
    assert STATUSES.items() <= told.items()
    assert told.keys() - STATUSES.keys() <= set(HTTP_CODES.values())


@pytest.mark.parametrize("person", [BUDI, AYU, OPERATOR], ids=lambda person: person.id)
@pytest.mark.parametrize("door", READS, ids=lambda door: door.name)
def test_no_answer_carries_a_member_that_the_document_does_not_name(
    town: Town, house: House, door: Door, person: Person
) -> None:
    """The client's types are made from the document: what it does not name is not there for them. # R42"""
    answer = door.knock(house.device(person), budis_things(town))
    if answer.status != 200:
        assert answer.status in (403, 404)
        return
    operation = house.contract.operation(door.method, door.rule)
    schema = house.contract.schema_of(operation, 200, "application/json")
    assert schema is not None
    if door.rule != "/api/events":  # whose data are of as many kinds as there are events
        assert list(house.contract.faults(answer.body, schema, strict=True)) == []


@pytest.mark.parametrize(("action", "by"), [("accept", AYU), ("decline", AYU), ("cancel", BUDI), ("cancel", AYU)])
def test_no_answer_to_an_action_does_either(town: Town, house: House, action: str, by: Person) -> None:
    """# R42"""
    path = "/api/bookings/<booking_id>/" + action
    answer = house.device(by).post(path.replace("<booking_id>", town.booked().booking_id), {})
    schema = house.contract.schema_of(house.contract.operation("POST", path), answer.status, "application/json")
    assert schema is not None
    assert list(house.contract.faults(answer.body, schema, strict=True)) == []
