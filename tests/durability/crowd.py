"""The people of the kill test, and what they know at its end."""

from __future__ import annotations

import random
from pathlib import Path

from tests.durability.clients import Booker, Client, Reader, Writer, read_all
from tests.support.cast import Cast
from tests.support.history import Account, Received
from tests.support.waiting import until


class Crowd:
    """Three customers, and Ayu, who writes in all their rooms; each has two devices that read."""

    def __init__(self, cast: Cast, journals: Path, seed: int) -> None:
        self._journals, self._rng = journals, random.Random(seed)
        customers = [cast.guest() for _ in range(3)]
        bookings = [cast.accepted(customer) for customer in customers]
        rooms = [booking["conversationId"] for booking in bookings]
        self.ayu, self.booker, self.rooms = cast.ayu, customers[0], rooms
        self.first_booking = bookings[0]["bookingId"]
        self._rooms = {"ayu": rooms, **{f"customer-{n}": [room] for n, room in enumerate(rooms)}}
        self._people = {"ayu": cast.ayu, **{f"customer-{n}": person for n, person in enumerate(customers)}}
        self._starts = {name: read_all(person)[1] for name, person in self._people.items()}
        self.readers = [self._reader(name, device) for name in self._people for device in (1, 2)]
        self._writers = [
            Writer(f"{name}-writes", person, self._rooms[name], journals, self._seed())
            for name, person in self._people.items()
        ]
        self._books = Booker("customer-0-books", customers[0], cast, journals, self._seed())

    def _reader(self, name: str, device: int) -> Reader:
        person, rooms = self._people[name], self._rooms[name]
        return Reader(f"{name}-device-{device}", person, self._starts[name], rooms, self._journals, self._seed())

    def _seed(self) -> int:
        return self._rng.getrandbits(32)

    def start(self) -> None:
        """Everybody begins."""
        for client in self._everyone():
            client.start()

    def _everyone(self) -> list[Client]:
        return [*self.readers, *self._writers, self._books]

    @property
    def acknowledged(self) -> int:
        """How many sends the server has answered so far."""
        return sum(writer.acknowledged for writer in self._writers) + self._books.acknowledged

    def check(self) -> None:
        """Raises what a client has failed of, if one has."""
        for client in self._everyone():
            if client.failure:
                raise AssertionError(f"{client.name} failed") from client.failure

    def abandon(self) -> None:
        """Ends everybody, whatever they were doing."""
        for client in self._everyone():
            client.finish.set()
            client.given_up.set()
        for client in self._everyone():
            client.join()
            client.journal.close()

    def finish(self) -> None:
        """Lets the senders finish, then the readers read to the end of their streams."""
        for client in (*self._writers, self._books, *self.readers):
            client.join_or_raise()
        # What one reads moves a mark, of which the others are told; marks only rise, so it comes to an end.
        until(lambda: not any(reader.read_on() for reader in self.readers), "the end of all streams", within=30)

    def accounts(self) -> list[Account]:
        """Everybody's journal."""
        return [Account.load(path) for path in sorted(self._journals.glob("*.jsonl"))]

    def afresh(self, reader: Reader) -> list[Received]:
        """What a new device of the reader's person gets for the time in which the reader read."""
        name = next(name for name, person in self._people.items() if person is reader.person)
        return [event for event in read_all(reader.person)[0] if event.seq > self._starts[name].seq]
