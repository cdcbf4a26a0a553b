"""The defences, what is left of each, and who must notice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Mutant:
    """A defence, where it stands, what is left of it, and the tests that must notice."""

    name: str
    path: str
    whole: str
    broken: str
    tests: tuple[str, ...]

    @property
    def command(self) -> list[str]:
        """How its tests are run."""
        if self.tests[0].startswith("client/"):
            return ["npx", "--no-install", "vitest", "run", *self.tests]
        python = str(ROOT / ".venv" / "bin" / "python")
        return [python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *self.tests]

    @property
    def preparation(self) -> list[str]:
        """What must be done on the copy before: a browser is served what was built."""
        is_served = self.tests[0].startswith("tests/e2e")
        return ["npm", "run", "--silent", "build"] if is_served else []


MUTANTS = (
    Mutant(
        "the client takes an event in again",
        "client/sync/stream.ts",
        "events.filter(({ seq }) => lastSeq === null || seq > lastSeq)",
        "events.filter(() => true)",
        ("client/sync/stream.test.ts",),
    ),
    Mutant(
        "the client does not notice a hole",
        "client/sync/stream.ts",
        "fresh[0].seq !== lastSeq + 1",
        "fresh[0].seq < 0",
        ("client/sync/stream.test.ts",),
    ),
    Mutant(
        "the client keeps a message twice",
        "client/sync/apply.ts",
        "if (known[at - 1]?.seq === next.seq) {",
        "if (known[at - 1]?.id === null) {",
        ("client/sync/apply.test.ts",),
    ),
    Mutant(
        "a tab sends what waits without the lock of the outbox",
        "client/state/outbox.ts",
        "withLock(messageLock(whose, conversationId), state",
        "withLock(`${Math.random()}`, state",
        ("client/state/outboxStored.test.ts",),
    ),
    Mutant(
        "the worker sends what waits without the lock of the outbox",
        "client/worker/flush.ts",
        "withLock(messageLock(owner, room), async",
        "withLock(`${Math.random()}`, async",
        ("client/worker/flush.test.ts",),
    ),
    Mutant(
        "the browser is not asked to wake the worker",
        "client/state/device.ts",
        "await registration?.sync?.register(SYNC_TAG);",
        "",
        ("client/state/wakingWorker.test.ts",),
    ),
    Mutant(
        "the worker sleeps on when there is a network again",
        "service-worker.js",
        "if (sync.tag === SYNC_TAG) sync",
        "if (!sync.tag) sync",
        ("tests/e2e/test_device.py::test_what_was_written_offline_goes_out_when_its_page_is_closed",),
    ),
    Mutant(
        "a guest is known by a cookie alone",
        "client/state/guestRevival.ts",
        "if (!kept || !isToRevive()) return done(null);",
        "return done(null);",
        ("tests/e2e/test_crash.py::test_a_browser_killed_when_a_guest_has_just_booked_knows_the_guest_again",),
    ),
    Mutant(
        "a hidden page waits for its database for ever",
        "client/storage/patience.ts",
        "isLate && excuses > 0",
        "isLate",
        ("client/storage/patience.test.ts",),
    ),
    Mutant(
        "a page that stood still takes its database for silent",
        "client/storage/patience.ts",
        "isLate && excuses > 0",
        "isLate && excuses < 0",
        ("client/state/outboxStall.test.ts",),
    ),
    Mutant(
        "what is known to wait in a slow database is overtaken",
        "client/state/outboxEntries.ts",
        "return areUnread ? PATIENCE_BEHIND_OTHERS : PATIENCE;",
        "return PATIENCE;",
        ("client/state/outboxStall.test.ts",),
    ),
    Mutant(
        "a chat that waits for nothing gives a slow database up for all chats",
        "client/state/outboxEntries.ts",
        "if (hasDatabase && patience > givenUpAfter) await",
        "if (hasDatabase && givenUpAfter === 0) await",
        ("client/state/outboxStall.test.ts",),
    ),
    Mutant(
        "what was discarded at a sign-out waits in a slow database for the same person",
        "client/storage/database.ts",
        "await wipeNoted(database);",
        "",
        ("client/state/outboxStall.test.ts",),
    ),
    Mutant(
        "a booking is cancelled by whoever signed in between two attempts",
        "client/state/transitions.ts",
        "if (owner.peek() !== whose) return failed",
        "if (whose === undefined) return failed",
        ("client/state/transitions.test.ts",),
    ),
    Mutant(
        "a worker that cannot read what waits calls it sent",
        "client/worker/flush.ts",
        "if (!entries) return false;",
        "if (!entries) return true;",
        ("client/worker/flush.test.ts",),
    ),
    Mutant(
        "what a device had kept stands above a hole",
        "client/sync/over.ts",
        "if (!isJoined && now.opened.has(id)) continue;",
        "",
        ("client/state/chatWalk.test.ts",),
    ),
    Mutant(
        "a message goes out in the name of whoever signed in meanwhile",
        "app/web/guard.py",
        "if request.headers.get(PERSON_HEADER, person.id) != person.id:",
        "if not person.id:",
        ("tests/web/test_outsiders.py",),
    ),
    Mutant(
        "the client does not say for whom it sends",
        "client/net/http.ts",
        'if (person !== null && ask.method !== "GET")',
        "if (person === null)",
        ("client/state/outbox.test.ts",),
    ),
    Mutant(
        "a held poll that meets silence is waited for",
        "client/net/api.ts",
        "wait * 1000 + HELD_PATIENCE",
        "wait * 1000 + 60_000",
        ("client/net/longpollLimit.test.ts",),
    ),
    Mutant(
        "the worker is given a message without the one before it",
        "client/state/outboxKeeping.ts",
        "[...stillBefore(entry), entry]",
        "[entry]",
        ("client/state/outboxStored.test.ts",),
    ),
    Mutant(
        "a frozen tab keeps what it was sending from the others",
        "client/state/locks.ts",
        'document.addEventListener("freeze", letGo);',
        "",
        ("client/state/locks.test.ts",),
    ),
    Mutant(
        "the way back leads into the session of somebody else",
        "client/state/session.ts",
        'addEventListener("pageshow", ({ persisted }) => persisted && lookAgain());',
        "",
        ("client/state/wayBack.test.ts",),
    ),
    Mutant(
        "a long gap is closed up to the end of its first page",
        "client/sync/stream.ts",
        "done(mine === epoch && fresh.length >= MANY)",
        "done(mine !== epoch)",
        ("client/sync/stream.test.ts",),
    ),
    Mutant(
        "a gap is asked for once, whether anybody answers or not",
        "client/sync/catchUp.ts",
        "if (delay === undefined) return;",
        "if (delay !== 0) return;",
        ("client/sync/stream.test.ts",),
    ),
    Mutant(
        "what a device has is forgotten while the database is busy",
        "app/realtime/delivered.py",
        "                gevent.sleep(pause)",
        "                return",
        ("tests/realtime/test_delivered.py",),
    ),
    Mutant(
        "a lower acknowledgement takes the place of a higher one",
        "app/realtime/delivered.py",
        "if self._waiting and _number(cursor) > _number(self._waiting[-1]):",
        "if self._waiting:",
        ("tests/realtime/test_delivered.py",),
    ),
    Mutant(
        "what was buffered while the log was read is dropped",
        "app/realtime/feed.py",
        "        if len(page) == PAGE:\n",
        "        self._buffer.clear()\n        if len(page) == PAGE:\n",
        ("tests/realtime/test_feed.py",),
    ),
    Mutant(
        "what overflowed while the log was read is forgotten",
        "app/realtime/feed.py",
        "        if len(page) == PAGE:\n",
        "        self._behind = False\n        if len(page) == PAGE:\n",
        ("tests/realtime/test_feed.py",),
    ),
    Mutant(
        "a frame is sent in one go, whatever went out of it",
        "app/realtime/transport.py",
        "            while view:\n",
        "            if view:\n",
        ("tests/realtime/test_whole_frames.py",),
    ),
    Mutant(
        "a message is not looked up by its key",
        "app/domain/chat.py",
        "        if earlier is not None:\n            return _replayed(earlier, conversation, body)\n",
        "",
        ("tests/web/test_messages_send.py",),
    ),
    Mutant(
        "a booking is not looked up by its key",
        "app/domain/submissions.py",
        "        if earlier is not None:\n            return _replayed(session, earlier, order)\n",
        "",
        ("tests/web/test_bookings_submit.py",),
    ),
    Mutant(
        "a commit is answered before it is on disk",
        "app/storage/sqlite.py",
        '"synchronous=FULL"',
        '"synchronous=OFF"',
        ("tests/storage/test_connections.py",),
    ),
    Mutant(
        "a cursor is believed by its number alone",
        "app/events/log.py",
        'if known is not None and secrets.compare_digest(known.encode(), tag.encode("utf-8", "surrogatepass")):',
        "if known is not None:",
        ("tests/domain/test_event_cursors.py",),
    ),
    Mutant(
        "a draft is overwritten unseen",
        "app/domain/drafts.py",
        "        _require_version(known, base_version)\n        if known is None:",
        "        if known is None:",
        ("tests/web/test_drafts.py",),
    ),
    Mutant(
        "a draft is readable on the disk",
        "app/models/draft.py",
        "from app.storage.columns import EncryptedText, UtcDateTime",
        "from sqlalchemy import Text as EncryptedText\n\nfrom app.storage.columns import UtcDateTime",
        ("tests/web/test_private_number.py",),
    ),
    Mutant(
        "a recovery code works twice",
        "app/domain/recovery.py",
        ".where(*is_this, RecoveryCode.used_at.is_(None))",
        ".where(*is_this)",
        ("tests/web/test_recovery.py",),
    ),
    Mutant(
        "the session from before a registration goes on",
        "app/web/registration.py",
        "        signed_out(start_session(new))\n        return answer(UserAnswer(user=new.person.payload()), 201",
        "        return answer(UserAnswer(user=new.person.payload()), 201",
        ("tests/web/test_register.py",),
    ),
    Mutant(
        "a pass is used again",
        "app/domain/passes.py",
        'Appeal.status == "allowed"',
        'Appeal.status.in_(("allowed", "used"))',
        ("tests/web/test_appeals.py",),
    ),
    Mutant(
        "two operators both judge one appeal",
        "app/domain/judging.py",
        ".where(Appeal.id == appeal_id).with_for_update()",
        ".where(Appeal.id == appeal_id)",
        ("tests/races/test_passes.py",),
    ),
    Mutant(
        "two refusals of one text at once are both the first",
        "app/domain/refusals.py",
        'session.get_one(User, user_id, with_for_update={"key_share": True})',
        "session.get_one(User, user_id)",
        ("tests/races/test_passes.py",),
    ),
    Mutant(
        "a redacted text keeps its digits",
        "app/domain/free_text.py",
        "MASK if character.isnumeric() else character",
        "character",
        ("tests/domain/test_refusals.py",),
    ),
    Mutant(
        "the filter works for whoever is no member",
        "app/domain/chat.py",
        "    _require_member(person.side, person.id, conversation_id)\n",
        "",
        ("tests/domain/test_refusals.py",),
    ),
    Mutant(
        "an error of rules on trial reaches the person",
        "app/domain/trial.py",
        "except Exception as error:",
        "except ZeroDivisionError as error:",
        ("tests/domain/test_trial.py",),
    ),
    Mutant(
        "a refused text is told to the log",
        "app/domain/refusals.py",
        "error=type(error).__name__)",
        "error=str(error))",
        ("tests/domain/test_refusals.py",),
    ),
    Mutant(
        "any customer is shown the number on a card",
        "app/domain/payment_cards.py",
        "own_bookings(customer).where(Booking.id == asked)",
        "select(Booking).where(Booking.id == asked)",
        ("tests/web/test_payment_cards.py",),
    ),
    Mutant(
        "the number on a card is shown after a cancellation",
        "app/domain/payment_cards.py",
        "    if booking.status not in ACTIVE_STATES:\n        return _Outcome",
        "    if booking is None:\n        return _Outcome",
        ("tests/web/test_payment_cards.py",),
    ),
    Mutant(
        "a look at a card does not wait for who moves the booking",
        "app/domain/payment_cards.py",
        "where(Booking.id == asked).with_for_update(key_share=True)",
        "where(Booking.id == asked)",
        ("tests/storage/test_payment_locks.py",),
    ),
    Mutant(
        "the number on a card stays on the screen",
        "client/features/payment/CardFace.tsx",
        "const timer = setTimeout(hide, SHOWN_FOR);",
        "const timer = 0;",
        ("client/features/payment/CardFace.test.tsx",),
    ),
    Mutant(
        "a row that is looked up stays as it was at the first look",
        "app/storage/sqlite.py",
        'event.listen(self._looks, "connect", _forbid_writes)',
        'event.listen(self._looks, "begin", _begin_snapshot)',
        ("tests/storage/test_connections.py",),
    ),
    Mutant(
        "one write that fails takes its whole batch along",
        "app/storage/sqlite.py",
        "        self._commit_together(batch, savepoints=True)",
        "        raise cause",
        ("tests/storage/test_group_commit.py", "tests/storage/test_writing.py"),
    ),
)
