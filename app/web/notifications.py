"""``/api/notifications``: what a person must be told."""

from flask import Response
from flask_openapi import APIBlueprint, Tag

from app.domain import notifications
from app.events.payloads import NotificationPayload
from app.web.identity import signed_in
from app.web.present import answer
from app.web.schemas.notifications import NotificationList, NotificationPath, NotificationsQuery

bp = APIBlueprint("notifications", __name__, url_prefix="/api/notifications", abp_tags=[Tag(name="notifications")])


@bp.get("", responses={200: NotificationList})
def index(query: NotificationsQuery) -> Response:
    """The person's own notifications, newest first, at most 50 a page; all, or those not yet acknowledged."""
    page = notifications.page(signed_in(), query.unacknowledged, query.cursor)
    return answer(NotificationList(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))


@bp.post("/<notification_id>/acknowledge", responses={200: NotificationPayload})
def acknowledge(path: NotificationPath) -> Response:
    """Acknowledge on one device for all of them; again is the same."""
    return answer(notifications.acknowledge(signed_in(), path.notification_id))
