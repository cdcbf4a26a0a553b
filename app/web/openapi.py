"""``/openapi.json``: the API as the routes, the guard's marks and the payloads declare it."""

import re
from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, Response, current_app, jsonify
from flask_openapi import OpenAPI

from app.web.compression import compressed
from app.web.problems import TITLES
from app.web.refusals import refusals, security
from app.web.schemas.problems import Problem

bp = Blueprint("openapi", __name__)

#: What no operation foresees: an error of the HTTP layer.
ANY_PROBLEM = {
    "description": "Any other refusal",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


@bp.get("/openapi.json")
@compressed
def document() -> Response:
    """The OpenAPI 3.1 document."""
    return jsonify(openapi_document(cast(OpenAPI, current_app)))


def openapi_document(app: OpenAPI) -> dict[str, Any]:
    """The document. Each operation says who may call it (``security``) and with which codes it refuses; all refusals
    have one shape.
    """
    spec: dict[str, Any] = app.api_doc
    components = spec["components"]
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"].update(schema.pop("$defs", {}) | {"Problem": schema})
    components["schemas"].pop("ValidationErrorModel", None)
    shared: dict[str, Any] = components.setdefault("responses", {})
    for rule in app.url_map.iter_rules():
        path = spec["paths"].get(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), {})
        for method in path.keys() & {method.lower() for method in rule.methods or ()}:
            _complete(path[method], method, rule.rule, app.view_functions[rule.endpoint], shared)
    return spec


def _complete(
    operation: dict[str, Any], method: str, rule: str, view: Callable[..., Any], shared: dict[str, Any]
) -> None:
    operation["security"] = security(rule, view)
    # What the framework says about its own validation: ours answers in another shape.
    operation["responses"].pop("422", None)
    for status, codes in refusals(method, rule, view, operation).items():
        # Many operations refuse with the same codes: each such answer is written once.
        name = "-".join([str(status), *codes])
        shared[name] = _refusal(TITLES[status], codes)
        operation["responses"].setdefault(str(status), {"$ref": f"#/components/responses/{name}"})
    operation["responses"]["default"] = ANY_PROBLEM


def _refusal(title: str, codes: list[str]) -> dict[str, Any]:
    one_of_these = {"type": "object", "properties": {"code": {"type": "string", "enum": codes}}}
    schema = {"allOf": [{"$ref": "#/components/schemas/Problem"}, one_of_these]}
    return {"description": title, "content": {"application/problem+json": {"schema": schema}}}
