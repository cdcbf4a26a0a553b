"""What a worker process holds beside its requests: the hub, and the greenlets that act without being asked."""

import gevent
from gevent import Greenlet
from sqlalchemy.orm import Session

from app.events import ephemeral, log
from app.jobs.connections import (
    FOREIGN_EVENTS_SECONDS,
    PULSE_SECONDS,
    SESSION_CHECK_SECONDS,
    SWEEP_SECONDS,
    ForeignEvents,
    end_stale_sessions,
    every,
)
from app.jobs.deadlines import run_deadlines, run_retention
from app.realtime.hub import Hub
from app.storage import Store


class Runtime:
    """Joins the store to the hub: what is committed is numbered before and published after."""

    def __init__(self, store: Store) -> None:
        self.hub = Hub()
        self.store = store
        self._greenlets: list[Greenlet[..., None]] = []
        store.hooks.before_commit.append(log.number_events)
        store.hooks.after_commit.append(self._publish)

    def _publish(self, session: Session) -> None:
        self.hub.publish(log.stored_events(session))
        for news in ephemeral.noted(session):
            match news:
                case ephemeral.TherapistStatus():
                    self.hub.broadcast(news.frame())
                case ephemeral.SharingChanged(user_id, shares_presence):
                    self.hub.sharing_changed(user_id, shares_presence)

    def start(self) -> None:
        """Begin the background work; called once in each worker."""
        hub, store = self.hub, self.store
        self._greenlets = [
            gevent.spawn(run_deadlines),
            gevent.spawn(run_retention),
            gevent.spawn(every, PULSE_SECONDS, hub.pulse),
            gevent.spawn(every, SWEEP_SECONDS, hub.presence.sweep),
            gevent.spawn(every, SESSION_CHECK_SECONDS, lambda: end_stale_sessions(hub.tokens, hub.sign_out)),
            gevent.spawn(every, FOREIGN_EVENTS_SECONDS, ForeignEvents(store, hub.people, hub.wake).look),
        ]

    def drain(self) -> None:
        """Send every connection away because the process stops."""
        self.hub.drain()

    def stop(self) -> None:
        """The last thing before the process ends: write down until when people were here."""
        self.hub.presence.stop()
