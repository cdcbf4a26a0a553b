"""A worker under load, as gunicorn runs it: ``python -m … URL WRITERS`` prints what happened as JSON."""

from gevent import monkey

if __name__ == "__main__":
    monkey.patch_all()  # as gunicorn does; whoever imports this module must not be patched along

import json
import sys
import time

import gevent
from sqlalchemy.orm import Session

from app.events import log
from app.events.payloads import DraftChangedPayload
from app.storage import Store
from tests.domain.databases import opened
from tests.storage.rows import user

EACH = 5
PEOPLE = ("budi-user", "sari-user", "ayu-user")


def write_some(store: Store, writer: int, acknowledged: list[str]) -> None:
    """A few transactions of one writer, each with a row and an event for two people; every third fails."""
    for turn in range(EACH):
        name = f"writer-{writer}-{turn}"

        def run(session: Session, name: str = name, turn: int = turn) -> None:
            session.add(user(name))
            for person in {PEOPLE[writer % 3], PEOPLE[turn % 3]}:
                log.emit(session, person, "draft.changed", DraftChangedPayload(therapist_id=name, version=1))
            if (writer + turn) % 3 == 0:
                raise LookupError(name)

        try:
            store.write(run)
        except LookupError:
            continue
        acknowledged.append(name)


def main(url: str, writers: int) -> None:
    """Runs the crowd and reports what was acknowledged and how long the loop ever stood still."""
    acknowledged: list[str] = []
    pauses: list[float] = []

    def watch() -> None:
        while True:
            before = time.monotonic()
            gevent.sleep(0.001)
            pauses.append(time.monotonic() - before)

    with opened(url) as store:
        watcher = gevent.spawn(watch)
        crowd = [gevent.spawn(write_some, store, number, acknowledged) for number in range(writers)]
        gevent.joinall(crowd, raise_error=True)
        watcher.kill()
    print(json.dumps({"acknowledged": acknowledged, "ticks": len(pauses), "longest": max(pauses)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
