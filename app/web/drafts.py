"""``/api/drafts``: what a customer has filled in, for her other devices."""

from flask import Response
from flask_openapi import APIBlueprint, Tag

from app.domain import drafts
from app.events.payloads import DraftPayload
from app.web.guard import at_most, only
from app.web.identity import signed_in
from app.web.present import answer
from app.web.refusals import refuses
from app.web.schemas.directory import TherapistPath
from app.web.schemas.drafts import DraftQuery, DraftRequest, DraftSaved

bp = APIBlueprint("drafts", __name__, url_prefix="/api/drafts", abp_tags=[Tag(name="drafts")])

MAX_DRAFT_BYTES = 16 * 1024


@bp.get("/<therapist_id>", responses={200: DraftPayload})
@only("customer")
def show(path: TherapistPath) -> Response:
    """The customer's own draft for this provider; version 0 and null before the first, null with its version after."""
    return answer(drafts.find(signed_in(), path.therapist_id))


@bp.put("/<therapist_id>", responses={200: DraftSaved})
@only("customer")
@at_most(MAX_DRAFT_BYTES)
@refuses("draft_changed", "too_many_requests")
def save(path: TherapistPath, body: DraftRequest) -> Response:
    """Keep the draft if baseVersion is the server's; else 409 with the server's as ``current``. At most 16 KB."""
    version = drafts.save(signed_in(), path.therapist_id, body.base_version, body.draft)
    return answer(DraftSaved(version=version))


@bp.delete("/<therapist_id>", responses={200: DraftSaved})
@only("customer")
@refuses("draft_changed", "too_many_requests")
def remove(path: TherapistPath, query: DraftQuery) -> Response:
    """Remove the draft; with ``baseVersion`` only if that is the server's. Twice is the same."""
    return answer(DraftSaved(version=drafts.remove(signed_in(), path.therapist_id, query.base_version)))
