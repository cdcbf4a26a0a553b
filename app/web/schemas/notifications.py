"""Notices."""

from pydantic import BaseModel, Field

from app.events.payloads import NotificationPayload
from app.web.schemas.base import List


class NotificationPath(BaseModel):
    """Which notification."""

    notification_id: str


class NotificationsQuery(BaseModel):
    """``unacknowledged``: only these; ``cursor``: the ``nextCursor`` of the page before."""

    unacknowledged: bool = False
    cursor: str | None = Field(None, max_length=500)


class NotificationList(List):
    """Notifications, newest first."""

    items: list[NotificationPayload]
