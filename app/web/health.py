"""``/healthz`` says that the process lives, ``/readyz`` that it can serve."""

from flask import Response
from flask_openapi import APIBlueprint, Tag

from app import storage
from app.web.present import answer
from app.web.schemas.problems import Health

bp = APIBlueprint("health", __name__, abp_tags=[Tag(name="health")])


@bp.get("/healthz", responses={200: Health})
def healthz() -> Response:
    """The process lives."""
    return answer(Health(status="ok"))


@bp.get("/readyz", responses={200: Health, 503: Health})
def readyz() -> Response:
    """Whether the database answers: 200 ``ok``, or 503 ``down``."""
    return answer(Health(status="ok")) if storage.answers() else answer(Health(status="down"), 503)
