"""What a device says that it has, written down beside the receiving of its frames."""

from collections.abc import Callable

import gevent
import structlog
from gevent import Greenlet

from app.domain import receipts
from app.domain.people import Person
from app.storage import StoreBusy

#: Before each further try while the database is busy, in seconds. It has waited for some seconds itself by then.
PAUSES = (0.1, 0.5, 1, 2, 5, 10, 20, 30)
#: Contradicting cursors that may wait. A device at work names ever higher ones, of which only the last waits.
MOST_WAITING = 16
#: A socket that ends waits so long for what its device said last, so that a server that stops has written it too.
PART_SECONDS = 2.0

logger = structlog.get_logger(__name__)


class DeliveryMarks:
    """The acknowledgements of one connection, in its order. A slow database holds up none of its other frames, and what
    was said is written also when the connection ends right after. ``fault`` is called when it cannot be: then the
    device has to come back and say it again.
    """

    __slots__ = ("_fault", "_person", "_waiting", "_writer")

    def __init__(self, person: Person, fault: Callable[[], None]) -> None:
        self._person = person
        self._fault = fault
        self._waiting: list[str] = []
        self._writer: Greenlet[..., None] | None = None

    def note(self, cursor: str) -> None:
        """Everything up to ``cursor`` is on the device."""
        # A higher one covers what waits; a lower one may be of a stream that began anew, and says something else.
        if self._waiting and _number(cursor) > _number(self._waiting[-1]):
            self._waiting[-1] = cursor
        else:
            self._waiting.append(cursor)
        if self._writer is None:
            self._writer = gevent.spawn(self._write)
        elif len(self._waiting) > MOST_WAITING:
            self._writer.join()

    def part(self) -> None:
        """The connection has ended. Returns when all is written, or goes on alone after ``PART_SECONDS``."""
        if self._writer is not None:
            self._writer.join(PART_SECONDS)

    def _write(self) -> None:
        try:
            while self._waiting:
                self._mark(self._waiting.pop(0))
        except Exception:
            logger.exception("socket.marks_fault")
            self._waiting.clear()
            self._fault()
        finally:
            self._writer = None

    def _mark(self, cursor: str) -> None:
        for pause in PAUSES:
            try:
                receipts.mark_delivered(self._person, cursor)
                return
            except StoreBusy:
                gevent.sleep(pause)
        receipts.mark_delivered(self._person, cursor)


def _number(cursor: str) -> int:
    number = cursor.partition("-")[0]
    # Python refuses to read numbers of thousands of digits.
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
