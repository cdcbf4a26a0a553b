"""``/api/operator``: refusals of the contact filter, appeals, rules on trial, and the audit trail."""

from flask import Response
from flask_openapi import APIBlueprint, Tag

from app.domain import audit, judging, oversight, reveals
from app.events.oversight import AppealPayload, ShadowPayload
from app.web.guard import only
from app.web.identity import signed_in
from app.web.present import answer
from app.web.refusals import refuses
from app.web.schemas.base import PageQuery
from app.web.schemas.oversight import (
    AppealList,
    AppealPath,
    AppealsQuery,
    AuditList,
    RefusalList,
    RefusalsQuery,
    RefusedPersonList,
    RejectRequest,
    RevealList,
)

bp = APIBlueprint("operator", __name__, url_prefix="/api/operator", abp_tags=[Tag(name="operator")])


@bp.get("/refusals", responses={200: RefusalList})
@only("operator")
def refusals(query: RefusalsQuery) -> Response:
    """What the filter refused, redacted, newest first, at most 50 a page; all, or of one person, or under appeal."""
    page = oversight.refusals(signed_in(), query.user, query.open, query.cursor)
    return answer(RefusalList(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))


@bp.get("/people-refused", responses={200: RefusedPersonList})
@only("operator")
def people_refused(query: PageQuery) -> Response:
    """Who was refused how often, whoever tried most first, at most 50 a page."""
    page = oversight.people_refused(signed_in(), query.cursor)
    return answer(RefusedPersonList(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))


@bp.get("/appeals", responses={200: AppealList})
@only("operator")
def appeals(query: AppealsQuery) -> Response:
    """Appeals, newest first, at most 50 a page; all or of one status, ``open`` oldest first."""
    page = oversight.appeals(signed_in(), query.status, query.cursor)
    return answer(AppealList(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))


@bp.post("/appeals/<appeal_id>/allow", responses={200: AppealPayload})
@only("operator")
@refuses("appeal_judged")
def allow(path: AppealPath) -> Response:
    """Let exactly this text of this person pass, once."""
    return answer(judging.allow(signed_in(), path.appeal_id))


@bp.post("/appeals/<appeal_id>/reject", responses={200: AppealPayload})
@only("operator")
@refuses("appeal_judged", "contact_blocked")
def reject(path: AppealPath, body: RejectRequest) -> Response:
    """Leave the text refused; ``reason`` is for the audit trail."""
    return answer(judging.reject(signed_in(), path.appeal_id, body.reason))


@bp.get("/card-reveals", responses={200: RevealList})
@only("operator")
def card_reveals(query: PageQuery) -> Response:
    """Who was shown the account number on a payment card, newest first, at most 50 a page; without the numbers."""
    page = reveals.page(signed_in(), query.cursor)
    return answer(RevealList(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))


@bp.get("/shadow", responses={200: ShadowPayload})
@only("operator")
def shadow() -> Response:
    """What the rules on trial would change."""
    return answer(oversight.shadow(signed_in()))


@bp.get("/audit", responses={200: AuditList})
@only("operator")
def trail(query: PageQuery) -> Response:
    """Who did what, newest first, at most 50 a page."""
    page = audit.page(signed_in(), query.cursor)
    return answer(AuditList(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))
