"""Which connections are told when somebody comes or goes, and what they are told."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.people import Person
from app.domain.presence import Companion, companions
from app.events.types import StoredEvent
from app.realtime import protocol


class Watcher(Protocol):
    """A connection that is told of others."""

    def tell(self, frame: str) -> None:
        """An ephemeral frame, to be dropped if there is no room."""


@dataclass(slots=True)
class Known:
    """What is known of a person who is watched, besides whether she is here."""

    shares: bool
    last_seen_at: datetime | None


class Watchers:
    """Watches the other member of a conversation, for as long as it is open. A person whom nobody watches takes no
    room here.
    """

    def __init__(self, is_online: Callable[[str], bool]) -> None:
        self._is_online = is_online
        # By watched person and conversation.
        self._watchers: dict[str, dict[str, set[Watcher]]] = defaultdict(dict)
        self._known: dict[str, Known] = {}
        self._watched: dict[Watcher, list[Companion]] = {}
        # For each look into the database that is under way: the people and conversations that changed meanwhile.
        self._changes: list[set[str]] = []

    def watch(self, watcher: Watcher, person: Person, conversation_ids: Sequence[str]) -> None:
        """Watch the other members of these conversations and no others. Of each that is an open one of this person's
        the watcher is told now, and whenever it changes; of any other it hears nothing.
        """
        found = self._look(person, conversation_ids)
        self.part(watcher)
        if found:
            self._watched[watcher] = found
        for companion in found:
            self._known[companion.user_id] = Known(companion.shares_presence, companion.last_seen_at)
            self._watchers[companion.user_id].setdefault(companion.conversation_id, set()).add(watcher)
            watcher.tell(self._frame(companion.conversation_id, companion.user_id))

    def part(self, watcher: Watcher) -> None:
        """The connection watches nobody any more."""
        for companion in self._watched.pop(watcher, ()):
            watching = self._watchers.get(companion.user_id, {}).get(companion.conversation_id, set())
            watching.discard(watcher)
            if not watching:
                self._end(companion.user_id, companion.conversation_id)

    def came(self, user_id: str) -> None:
        """A person is here who was not."""
        if user_id in self._known and self._known[user_id].shares:
            self._tell(user_id)

    def gone(self, user_id: str, at: datetime) -> None:
        """A person is not here any more; she was last seen at ``at``."""
        self._changed(user_id)
        if user_id in self._known:
            self._known[user_id].last_seen_at = at
            if self._known[user_id].shares:
                self._tell(user_id)

    def sharing_changed(self, user_id: str, shares: bool) -> None:
        """A person has turned the sharing of her presence on or off."""
        self._changed(user_id)
        if user_id in self._known and self._known[user_id].shares != shares:
            self._known[user_id].shares = shares
            self._tell(user_id)

    def notice(self, event: StoredEvent) -> None:
        """An event was committed. When it closes a conversation, nobody watches its person there any more."""
        if event.type == "conversation.closed":
            conversation_id = json.loads(event.data)["id"]
            self._changed(conversation_id)
            self._end(event.user_id, conversation_id)

    def _look(self, person: Person, conversation_ids: Sequence[str]) -> list[Companion]:
        """What the database has of them, once nothing of it changed while it was read: what is watched from now on is
        told of changes, what changed before is in the answer, and so nothing falls between.
        """
        while True:
            with self._noting_changes() as changed:
                found = companions(person, conversation_ids)
            if not any({companion.conversation_id, companion.user_id} & changed for companion in found):
                return found

    @contextmanager
    def _noting_changes(self) -> Iterator[set[str]]:
        changed: set[str] = set()
        self._changes.append(changed)
        try:
            yield changed
        finally:
            self._changes = [other for other in self._changes if other is not changed]

    def _changed(self, what: str) -> None:
        for changed in self._changes:
            changed.add(what)

    def _end(self, user_id: str, conversation_id: str) -> None:
        if user_id in self._watchers:
            self._watchers[user_id].pop(conversation_id, None)
            if not self._watchers[user_id]:
                del self._watchers[user_id], self._known[user_id]

    def _tell(self, user_id: str) -> None:
        for conversation_id, watching in self._watchers[user_id].items():
            frame = self._frame(conversation_id, user_id)
            for watcher in watching:
                watcher.tell(frame)

    def _frame(self, conversation_id: str, user_id: str) -> str:
        known = self._known[user_id]
        if not known.shares:
            return protocol.presence(conversation_id, None, None)
        is_online = self._is_online(user_id)
        return protocol.presence(conversation_id, is_online, None if is_online else known.last_seen_at)
