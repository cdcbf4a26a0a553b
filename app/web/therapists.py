"""``/api/therapists``: the directory and the availability switch."""

from flask import Response
from flask_openapi import APIBlueprint, Tag

from app.domain import directory
from app.events.payloads import TherapistPayload
from app.web.compression import compressed
from app.web.guard import only, public
from app.web.identity import person_or_none, signed_in
from app.web.present import answer
from app.web.schemas.directory import DirectoryQuery, StatusRequest, TherapistList, TherapistPath

bp = APIBlueprint("therapists", __name__, url_prefix="/api/therapists", abp_tags=[Tag(name="therapists")])


@bp.get("", responses={200: TherapistList})
@public
@compressed
def search(query: DirectoryQuery) -> Response:
    """The directory, by name, at most 50 a page; filtered by words, area, kind and live availability."""
    page = directory.search(person_or_none(), query.q, query.area, query.kind, query.available, query.cursor)
    return answer(TherapistList(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))


@bp.get("/<therapist_id>", responses={200: TherapistPayload})
@public
@compressed
def show(path: TherapistPath) -> Response:
    """One provider with services, prices (minor units) and hours (``HH:MM`` in the provider's zone)."""
    return answer(directory.find(path.therapist_id))


@bp.put("/me/status", responses={200: TherapistPayload})
@only("therapist")
def set_status(body: StatusRequest) -> Response:
    """Move the signed-in provider's availability switch."""
    return answer(directory.set_status(signed_in(), body.status))
