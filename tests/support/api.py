"""One person's HTTP client: a cookie jar, and a method for each thing that a person does."""

from __future__ import annotations

import http.client
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any, cast
from urllib.parse import quote, urlencode, urlsplit

from tests.support.wire import Batch, Booked, Booking, Conversation, Event, Json, Message, User


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers in lower case, and the JSON (None where there was none)."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Problem(Exception):
    """An answer of 400 or above, with the problem's code."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.status = answer.status
        self.body: Json = answer.body if isinstance(answer.body, dict) else {}
        self.code = str(self.body.get("code", ""))
        super().__init__(f"{answer.status} {self.code}: {self.body.get('detail', answer.body)}")


class Api:
    """Requests to one server as one person. Raises Problem when refused, OSError or HTTPException if cut off.

    Each request has a connection of its own: one that the server closed meanwhile would look like a lost
    answer.
    """

    def __init__(self, url: str, within: float = 15.0) -> None:
        address = urlsplit(url)
        self.url = url
        self.cookies: dict[str, str] = {}
        self._host, self._port, self._within = str(address.hostname), address.port, within

    @property
    def cookie(self) -> str:
        """The Cookie header of this person."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def at(self, url: str) -> Api:
        """The same person, with the same cookies, at another process of the same installation."""
        other = Api(url, self._within)
        other.cookies = self.cookies
        return other

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        within: float = 0,
    ) -> Answer:
        """The answer to one request, at most `within` seconds later (0: this client's usual limit)."""
        connection, content = self.open(method, path, body, headers, within)
        try:
            connection.send(content)
            answer = self.answer_on(connection)
        finally:
            connection.close()
        if answer.status >= 400:
            raise Problem(answer)
        return answer

    def open(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        within: float = 0,
    ) -> tuple[http.client.HTTPConnection, bytes]:
        """A connection on which a request has been sent up to its body, and the body."""
        content = b"" if body is None else json.dumps(body).encode()
        connection = http.client.HTTPConnection(self._host, self._port, timeout=within or self._within)
        connection.putrequest(method, path, skip_accept_encoding=True)
        sent = {"Accept": "application/json", **({"Cookie": self.cookie} if self.cookies else {})}
        if body is not None:
            sent |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        for name, value in {**sent, **(headers or {})}.items():
            connection.putheader(name, value)
        try:
            connection.endheaders()
        except OSError:
            connection.close()
            raise
        return connection, content

    def answer_on(self, connection: http.client.HTTPConnection) -> Answer:
        """The answer on an open connection, whatever its status; cookies are kept."""
        response = connection.getresponse()
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        content = response.read()
        kind = response.headers.get_content_type()
        body = json.loads(content) if content and kind.endswith("json") else (content.decode(errors="replace") or None)
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    # ---- who I am

    def guest(self, name: str, key: str | None = None) -> User:
        """Becomes a guest; `key` makes the call repeatable."""
        answer = self.call(
            "POST", "/api/session/guest", {"displayName": name, "guestKey": key or secrets.token_hex(16)}
        )
        return cast(User, answer.body["user"])

    def sign_in(self, email: str, password: str) -> User:
        """Signs in with an account."""
        return cast(User, self.call("POST", "/api/session", {"email": email, "password": password}).body["user"])

    def share(self, **preferences: bool) -> User:
        """Sets what others may notice: `shareTyping`, `sharePresence`."""
        return cast(User, self.call("PUT", "/api/session/preferences", preferences).body["user"])

    def sign_out(self) -> None:
        """Ends the session on the server."""
        self.call("DELETE", "/api/session")

    def cursor(self) -> str:
        """Where this person's event stream stands now."""
        return str(self.call("GET", "/api/session").body["cursor"])

    # ---- bookings

    def submit(self, form: Json, key: str | None = None) -> tuple[int, Booked]:
        """The status (201 new, 200 repeated) and the booking with its conversation."""
        headers = {"Idempotency-Key": key or secrets.token_hex(12)}
        answer = self.call("POST", "/api/bookings", form, headers)
        return answer.status, cast(Booked, answer.body)

    def book(self, form: Json, key: str | None = None) -> Booking:
        """The booking that was made of `form`."""
        return self.submit(form, key)[1]["booking"]

    def act(self, action: str, booking_id: str, body: Json | None = None) -> Booking:
        """The booking after `action`: accept, decline, confirm or cancel."""
        return cast(Booking, self.call("POST", f"/api/bookings/{booking_id}/{action}", body or {}).body)

    def booking(self, booking_id: str) -> Booking:
        """The booking as this person may see it now."""
        return cast(Booking, self.call("GET", f"/api/bookings/{booking_id}").body)

    def bookings(self) -> list[Booking]:
        """All of this person's bookings, page after page."""
        return cast(list[Booking], self._pages("/api/bookings"))

    # ---- chat

    def send(self, conversation_id: str, text: str, client_id: str | None = None) -> Message:
        """The message as stored; `client_id` makes the call repeatable."""
        body = {"clientId": client_id or secrets.token_hex(12), "message": text}
        return cast(Message, self.call("POST", f"{_conversation(conversation_id)}/messages", body).body)

    def messages(self, conversation_id: str, **page: int) -> Json:
        """One page of history: `{items, nextCursor, cursor}`; `before`, `after`, `limit` choose it."""
        answer = self.call("GET", f"{_conversation(conversation_id)}/messages?{urlencode(page)}")
        return cast(Json, answer.body)

    def history(self, conversation_id: str) -> list[Message]:
        """All messages in ascending seq."""
        found: list[Message] = []
        after = 0
        while True:
            page = self.messages(conversation_id, after=after, limit=100)
            found += page["items"]
            if page["nextCursor"] is None:
                return found
            after = int(page["nextCursor"])

    def read(self, conversation_id: str, seq: int) -> None:
        """Raises this person's read mark to `seq`."""
        self.call("POST", f"{_conversation(conversation_id)}/read", {"seq": seq})

    def conversation(self, conversation_id: str) -> Conversation:
        """The conversation as this person sees it."""
        mine = self._pages("/api/conversations")
        return cast(Conversation, next(item for item in mine if item["id"] == conversation_id))

    # ---- events and notices

    def poll(self, after: str = "0", wait: float = 0) -> Batch:
        """Events after a cursor; the server holds the answer up to `wait` seconds when there are none."""
        query = urlencode({"after": after, "wait": f"{wait:g}"})
        return cast(Batch, self.call("GET", f"/api/events?{query}", within=wait + 10).body)

    def stream(self) -> list[Event]:
        """This person's whole event stream, as far as it is kept."""
        found, batch = list[Event](), self.poll()
        while batch["events"]:
            found += batch["events"]
            batch = self.poll(batch["cursor"])
        return found

    def notifications(self) -> list[Json]:
        """The notices that nobody has acknowledged."""
        return self._pages("/api/notifications?unacknowledged=true")

    def acknowledge(self, notification_id: str) -> None:
        """Acknowledges one notice for all devices of this person."""
        self.call("POST", f"/api/notifications/{notification_id}/acknowledge", {})

    def go(self, status: str) -> None:
        """Sets the therapist's own availability: available, busy or offline."""
        self.call("PUT", "/api/therapists/me/status", {"status": status})

    def _pages(self, path: str) -> list[Json]:
        found: list[Json] = []
        cursor = None
        while True:
            more = urlencode({"cursor": cursor}) if cursor else ""
            page = self.call("GET", path + (("&" if "?" in path else "?") + more if more else "")).body
            found += page["items"]
            cursor = page["nextCursor"]
            if cursor is None:
                return found


def _conversation(conversation_id: str) -> str:
    return f"/api/conversations/{quote(conversation_id, safe='')}"
