"""Damage done on purpose to the accounts of a run, which the judge must report: else its silence proves nothing."""

from __future__ import annotations

import copy
import itertools
import random
from collections.abc import Callable
from dataclasses import replace

from tests.support.history import Account, Received, judge

Damage = Callable[[Account, random.Random], None]


def _messages(reader: Account) -> list[int]:
    """Where the messages of the rooms that it follows stand among what it received."""
    return [at for at, event in enumerate(reader.received) if event.place and event.room in reader.follows]


def lose(reader: Account, rng: random.Random) -> None:
    """The stream is whole, the message is not in it."""
    at = rng.choice(_messages(reader))
    reader.received[at] = Received(reader.received[at].seq)


def double(reader: Account, rng: random.Random) -> None:
    """It comes once more, as the newest."""
    again, last = reader.received[rng.choice(_messages(reader))], reader.received[-1]
    highest = max(event.place for event in reader.received)
    reader.received.append(replace(again, seq=last.seq + 1, place=highest + 1))


def reorder(reader: Account, rng: random.Random) -> None:
    """Two messages that follow each other in a room come the other way round."""
    places = _messages(reader)
    pairs = [
        (one, two) for one, two in itertools.pairwise(places) if reader.received[one].room == reader.received[two].room
    ]
    at, other = rng.choice(pairs)
    one, two = reader.received[at], reader.received[other]
    reader.received[at], reader.received[other] = replace(two, seq=one.seq), replace(one, seq=two.seq)


#: What is done, and the rule that must be named.
DAMAGES: dict[str, tuple[Damage, str]] = {
    "loss": (lose, "lost"),
    "duplicate": (double, "doubled"),
    "reorder": (reorder, "misordered"),
}


def unreported(accounts: list[Account], seed: int) -> list[str]:
    """Which of one loss, one duplicate and one reorder, each done to a copy of these accounts, the judge overlooks."""
    rng = random.Random(seed)
    readers = [at for at, account in enumerate(accounts) if len(_messages(account)) > 1]
    overlooked = []
    for what, (damage, rule) in DAMAGES.items():
        spoilt = copy.deepcopy(accounts)
        damage(spoilt[rng.choice(readers)], rng)
        if rule not in {fault.rule for fault in judge(spoilt)}:
            overlooked.append(what)
    return overlooked
