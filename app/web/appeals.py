"""``/api/appeals``: "I think this is wrong", said of a text that the contact filter refused."""

from flask import Response
from flask_limiter import Limiter
from flask_openapi import APIBlueprint, Tag

from app.config import Settings
from app.domain import appeals
from app.events.oversight import AppealAnswer
from app.web.guard import members
from app.web.identity import signed_in
from app.web.present import answer
from app.web.refusals import refuses
from app.web.schemas.oversight import AppealRequest, OwnAppealList


def appeals_blueprint(settings: Settings, limiter: Limiter) -> APIBlueprint:
    """Asking, limited for each person, and how it stands."""
    bp = APIBlueprint("appeals", __name__, url_prefix="/api/appeals", abp_tags=[Tag(name="appeals")])

    @bp.post("", responses={201: AppealAnswer, 200: AppealAnswer})
    @limiter.limit(settings.rate_appeals, key_func=lambda: f"appeals:{signed_in().id}")
    @members
    @refuses("not_found", "too_many_requests")
    def appeal(body: AppealRequest) -> Response:
        """Ask the operator to look at a refused text, which only she sees. 200 without an ``id``: it may be sent. The
        same text again, while it waits, is 200 with the same ``id``.
        """
        made = appeals.appeal(signed_in(), body.kind, body.text, body.conversation_id)
        return answer(made.answer, 201 if made.is_new else 200)

    @bp.get("", responses={200: OwnAppealList})
    @members
    def own() -> Response:
        """How one's own appeals stand, newest first, at most 50, without the texts and without those that are used."""
        return answer(OwnAppealList(items=appeals.own(signed_in())))

    return bp
