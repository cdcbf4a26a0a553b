"""Passes on that somebody types, to the other member of the conversation and to nobody else."""

from collections import defaultdict
from collections.abc import Callable

from app.domain.people import Person
from app.domain.presence import who_sees_typing
from app.realtime import protocol
from app.storage import StoreBusy

#: Short, so that who has just sent a message and writes the next one is seen at once.
BETWEEN_SECONDS = 0.5
#: How long it is remembered who sees whom, so that typing costs no query per frame.
REMEMBER_SECONDS = 30.0
MOST_REMEMBERED = 10_000

Tell = Callable[[str, str], None]


class TypingRelay:
    """``tell`` sends a frame to a person's connections; ``tick`` is a clock in seconds that never goes back."""

    def __init__(self, tell: Tell, tick: Callable[[], float]) -> None:
        self._tell = tell
        self._tick = tick
        # When, per connection and conversation: a connection on which nobody types is not in it.
        self._relayed: dict[object, dict[str, float]] = {}
        # Per person and conversation: who sees it (None: nobody), and until when that may be believed.
        self._audiences: dict[str, dict[str, tuple[str | None, float]]] = defaultdict(dict)
        self._remembered = 0
        self._changes = 0

    def typed(self, connection: object, person: Person, conversation_id: str) -> None:
        """Pass it on, unless this connection's last from there is too fresh, or nobody may see it."""
        now = self._tick()
        relayed = self._relayed.get(connection, {})
        if now - relayed.get(conversation_id, -BETWEEN_SECONDS) < BETWEEN_SECONDS:
            return
        other = self._audience(person, conversation_id)
        if other is None:
            return
        fresh = {known: at for known, at in relayed.items() if now - at < BETWEEN_SECONDS}
        self._relayed[connection] = fresh | {conversation_id: now}
        self._tell(other, protocol.typing(conversation_id, person.side))

    def part(self, connection: object) -> None:
        """The connection is gone."""
        self._relayed.pop(connection, None)

    def forget(self, user_id: str) -> None:
        """What this person may do in a conversation, or what she shares, has changed."""
        self._changes += 1
        self._remembered -= len(self._audiences.pop(user_id, ()))

    def _audience(self, person: Person, conversation_id: str) -> str | None:
        known = self._audiences.get(person.id, {}).get(conversation_id)
        if known is not None and self._tick() < known[1]:
            return known[0]
        before = self._changes
        try:
            found = who_sees_typing(person, conversation_id)
        except StoreBusy:
            # The next frame will ask again; the connection need not end for it.
            return None
        # What changed while the database was asked may not be in the answer: that one is used, but not kept.
        if before == self._changes:
            self._remember(person.id, conversation_id, found)
        return found

    def _remember(self, user_id: str, conversation_id: str, other: str | None) -> None:
        if self._remembered >= MOST_REMEMBERED:
            # Whoever makes up conversations cannot fill the memory.
            self._audiences.clear()
            self._remembered = 0
        mine = self._audiences[user_id]
        self._remembered += conversation_id not in mine
        mine[conversation_id] = (other, self._tick() + REMEMBER_SECONDS)
