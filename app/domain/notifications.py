"""What a person must be told, and telling that it was seen."""

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, paging, phrases, views
from app.domain.errors import nothing_here
from app.domain.ids import new_id
from app.domain.people import Person
from app.events import log
from app.events.payloads import NotificationPayload, NotificationType
from app.models import Appeal, Booking, Conversation, Notification, User

URGENT: NotificationType = "booking_request"
#: About a text and not about how its booking stands: news until the person herself has seen it.
_JUDGEMENTS: tuple[NotificationType, ...] = ("message_allowed", "appeal_rejected")

_LOCALE = select(User.__table__.c.locale).where(User.__table__.c.id == bindparam("user_id"))
_ADD = insert(Notification.__table__)  # type: ignore[arg-type]  # declared as a FromClause, always a Table


def notify(session: Session, user_id: str, kind: NotificationType, booking: Booking) -> None:
    """Tell one person about a booking in her own language, inside the transaction that changed it."""
    locale = session.execute(_LOCALE, {"user_id": user_id}).scalar_one()
    _add(session, user_id, kind, booking.id, phrases.notice(kind, locale, booking.expires_at, booking.timezone))


def notify_of_appeal(session: Session, user: User, kind: NotificationType, appeal: Appeal) -> None:
    """Tell one person, in her own language, how her appeal was judged, with the booking that the conversation is about,
    for the way there.
    """
    room = session.get(Conversation, appeal.conversation_id) if appeal.conversation_id else None
    words = phrases.notice(kind, user.locale, None, user.timezone)
    _add(session, user.id, kind, room.booking_id if room else None, words, appeal.id)


def _add(
    session: Session,
    user_id: str,
    kind: NotificationType,
    booking_id: str | None,
    words: tuple[str, str],
    appeal_id: str | None = None,
) -> None:
    title, body = words
    values = {
        "id": new_id(),
        "user_id": user_id,
        "type": kind,
        "booking_id": booking_id,
        "appeal_id": appeal_id,
        "title": title,
        "body": body,
        "level": 1 if kind == URGENT else 0,
        "created_at": clock.now(),
    }
    session.execute(_ADD, values)
    log.emit(session, user_id, "notification.created", views.notification_view(Notification(**values)))


def settle(session: Session, booking: Booking) -> None:
    """Acknowledge what was said of the booking before it changed, so that it stops on every device: a request needs no
    answer any more, and whoever changed it is told nothing of her own doing. The other side is told anew.
    """
    waiting = select(Notification).where(
        Notification.booking_id == booking.id,
        Notification.type.not_in(_JUDGEMENTS),
        Notification.acknowledged_at.is_(None),
    )
    for row in session.scalars(waiting):
        _acknowledge(session, row)


def acknowledge(person: Person, notification_id: str) -> NotificationPayload:
    """Acknowledge one of the person's notifications; again is the same.

    :raises NotFound: unknown, or somebody else's
    """

    def run(session: Session) -> NotificationPayload:
        row = session.scalar(
            select(Notification)
            .where(Notification.id == notification_id, Notification.user_id == person.id)
            .with_for_update()
        )
        if row is None:
            raise nothing_here()
        if row.acknowledged_at is None:
            _acknowledge(session, row)
        return views.notification_view(row)

    return storage.write(run)


def _acknowledge(session: Session, row: Notification) -> None:
    row.acknowledged_at = clock.now()
    log.emit(session, row.user_id, "notification.acknowledged", views.notification_view(row))


def page(person: Person, unacknowledged: bool, after: str | None) -> paging.Page[NotificationPayload]:
    """The person's notifications, newest first; ``after`` is the ``next_cursor`` of the page before.

    :raises Invalid: ``after`` is no cursor of this list
    """

    def run(session: Session) -> paging.Page[NotificationPayload]:
        query = select(Notification).where(Notification.user_id == person.id)
        if unacknowledged:
            query = query.where(Notification.acknowledged_at.is_(None))
        rows, following = paging.in_order(session, query, Notification.created_at, Notification.id, after)
        items = [views.notification_view(row) for row in rows]
        return paging.Page(items, following, log.head(session, person.id).cursor)

    return storage.read(run)
