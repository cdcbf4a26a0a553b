"""``/openapi.json``: the API as the routes and payloads declare it."""

from typing import Any, cast

from flask import Blueprint, Response, current_app, jsonify
from flask_openapi import OpenAPI

from app.web.schemas import Problem

bp = Blueprint("openapi", __name__)

PROBLEM_REFERENCE = {"$ref": "#/components/schemas/Problem"}


@bp.get("/openapi.json")
def document() -> Response:
    """The OpenAPI 3.1 document."""
    return jsonify(openapi_document(cast(OpenAPI, current_app)))


def openapi_document(app: OpenAPI) -> dict[str, Any]:
    """The document, with the one error shape that every operation can answer with."""
    spec: dict[str, Any] = app.api_doc
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    spec["components"]["schemas"].update(schema.pop("$defs", {}) | {"Problem": schema})
    spec["components"]["schemas"].pop("ValidationErrorModel", None)
    for path in spec["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {
                "description": "A refusal: docs/protocol.md lists the codes",
                "content": {"application/problem+json": {"schema": PROBLEM_REFERENCE}},
            }
    return spec
