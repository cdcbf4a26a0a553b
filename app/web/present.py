"""Payloads as answers."""

from flask import Response
from pydantic import BaseModel


def answer(payload: BaseModel, status: int = 200) -> Response:
    """A payload as JSON. API answers are personal and change at any moment: nobody keeps them unasked."""
    response = Response(payload.model_dump_json(), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
