"""``GET /api/events``: the same events as the socket, one request at a time."""

import time
from typing import Any

from flask import Response, request
from flask_login import current_user
from flask_openapi import APIBlueprint, Tag
from gevent.event import Event
from pydantic import BaseModel, Field

from app.domain import receipts
from app.domain.people import Person
from app.events.payloads import Payload
from app.events.types import StoredEvent
from app.realtime.admission import Admission
from app.realtime.feed import Batch, Feed
from app.realtime.hub import Hub
from app.realtime.protocol import events_json

LONGEST_WAIT = 25.0


class PollQuery(BaseModel):
    """Where to go on, and for how long to wait for the first event, in seconds."""

    after: str | None = None
    wait: float = Field(0, ge=0)


class EventItem(Payload):
    """One event; ``data`` is the payload of its type, see docs/protocol.md."""

    seq: int
    type: str
    data: dict[str, Any]
    at: str


class EventsAnswer(Payload):
    """The events after a cursor, and where to go on."""

    events: list[EventItem]
    cursor: str
    reset: bool


class PollListener:
    """A hub listener that only wakes one waiting request."""

    def __init__(self, feed: Feed, token: str | None) -> None:
        self.token = token
        self._feed = feed
        self._woken = Event()
        self._has_ended = False

    def wait_for_news(self, seconds: float) -> Batch | None:
        """The next events, or None when there were none for ``seconds`` or the connection had to end. Being woken is
        not enough: what woke it may be an event that an earlier poll has read from the log already.
        """
        deadline = time.monotonic() + seconds
        while True:
            self._woken.clear()
            batch = self._feed.take()
            left = deadline - time.monotonic()
            if batch or self._has_ended or left <= 0:
                return batch
            self._woken.wait(left)

    def offer(self, events: list[StoredEvent]) -> None:
        self._feed.offer(events)
        self._woken.set()

    def tell(self, frame: str) -> None:
        """Ephemeral frames do not travel by poll."""

    def look_again(self) -> None:
        self._feed.look_again()
        self._woken.set()

    def ping(self) -> None:
        """A poll ends soon enough by itself."""

    def end(self, code: int, reason: str) -> None:
        # The answer goes out with what there is; the next request meets the new state of things.
        self._has_ended = True
        self._woken.set()


def poll(hub: Hub, person: Person, token: str | None, after: str | None, wait: float) -> Response:
    """The events after a cursor, waiting for the first of them. Like the socket it joins the hub before it reads; one
    that does not wait is no connection, and does not make its person present.
    """
    feed = Feed(person.id)
    listener = PollListener(feed, token)
    if wait > 0:
        hub.join(person.id, listener)
    try:
        position = feed.open(after)
        if after and not position.reset:
            # A client asks after a cursor because it holds everything before it.
            receipts.mark_delivered(person, after)
        batch = None if position.reset else listener.wait_for_news(min(wait, LONGEST_WAIT))
    finally:
        hub.leave(person.id, listener)
    body = events_json(batch.events) if batch else ""
    reset = "true" if position.reset else "false"
    answer = f'{{"events":[{body}],"cursor":"{feed.cursor}","reset":{reset}}}'
    return Response(answer, mimetype="application/json", headers={"Cache-Control": "no-store"})


def longpoll_blueprint(hub: Hub, admission: Admission) -> APIBlueprint:
    """The endpoint, bound to this process's hub. ``admission`` limits how many polls wait at the same time."""
    blueprint = APIBlueprint("events", __name__, url_prefix="/api", abp_tags=[Tag(name="events")])

    def events(query: PollQuery) -> Response:
        """Events after a cursor; waits up to 25 s for the first."""
        with admission.place(current_user.person.id, request.remote_addr):
            return poll(hub, current_user.person, current_user.token, query.after, query.wait)

    events.refusals = ("too_many_requests",)  # type: ignore[attr-defined]  # a mark that the OpenAPI document reads
    blueprint.get("/events", responses={200: EventsAnswer})(events)
    return blueprint
