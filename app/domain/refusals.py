"""What the contact filter refused, kept without what was wrong with it, for the operator."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import contact_guard, storage
from app.domain import clock, trial
from app.domain.errors import Invalid
from app.domain.free_text import CONTACT_BLOCKED, Judged, redacted
from app.domain.ids import new_id
from app.domain.policies import terms
from app.models import Appeal, Refusal, User
from app.storage.columns import keyed_digests

#: For so long the same text again is another try and not another refusal.
SAME_TRY = timedelta(minutes=10)
FORGET_AT_ONCE = 500

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Finding:
    """What is to be written down about one text."""

    judged: Judged
    code: str
    redacted: str
    rules_version: str
    enforced: bool
    spared_by: str | None


def digests(user_id: str | None, conversation_id: str | None, kind: str, text: str) -> list[bytes]:
    """What one person's text in one place is known by, under each field key, the current one first."""
    return keyed_digests(json.dumps([user_id, conversation_id, kind, text]).encode())


@contextmanager
def noting(user_id: str | None, place: Sequence[str], judged: Sequence[Judged]) -> Iterator[None]:
    """Around a request's write: when it is over, what the filter refused is written down, and what the rules on trial
    say otherwise. The refusal undid the request's transaction, so this is one of its own; the answer never fails by it.

    :param place: the conversation's id, or nothing
    :param judged: the texts; both may be filled while the block runs
    """
    refused = False
    try:
        yield
    except Invalid as refusal:
        refused = refusal.code == CONTACT_BLOCKED
        raise
    finally:
        _note(user_id, next(iter(place), None), judged, refused)


def _note(user_id: str | None, conversation_id: str | None, judged: Sequence[Judged], refused: bool) -> None:
    try:
        findings = [finding for each in judged if (finding := _finding(each, refused))]
        if findings:
            storage.write(lambda session: _record(session, user_id, conversation_id, findings))
    except Exception as error:  # noqa: BLE001  # whatever it is, the person's answer stands
        # Neither the error's words nor its frames: both can hold the text.
        logger.warning("refusal.unrecorded", error=type(error).__name__)


def _finding(judged: Judged, refused: bool) -> _Finding | None:
    verdict = judged.verdict
    tried = trial.verdict(judged.text, judged.recent)
    if verdict.blocked:
        # One that passed all the same was allowed by an operator.
        spared_by = trial.version() if tried and not tried.blocked else None
        version = contact_guard.DEFAULT.version
        hidden = redacted(judged.text, verdict)
        return _Finding(judged, verdict.code or "", hidden, version, True, spared_by) if refused else None
    if tried is None or not tried.blocked:
        return None
    hidden = redacted(judged.text, tried)
    return _Finding(judged, tried.code or "", hidden, trial.version() or "", False, None)


def _record(session: Session, user_id: str | None, conversation_id: str | None, findings: Sequence[_Finding]) -> None:
    if user_id is not None:
        # One after the other for each person: two at once would both be the first.
        session.get_one(User, user_id, with_for_update={"key_share": True})
    now = clock.now()
    for finding in findings:
        keys = digests(user_id, conversation_id, finding.judged.kind, finding.judged.text)
        known = session.scalar(
            select(Refusal)
            .where(
                Refusal.digest.in_(keys),
                Refusal.created_at > now - SAME_TRY,
                Refusal.enforced == finding.enforced,
                Refusal.rules_version == finding.rules_version,
            )
            .order_by(Refusal.created_at.desc())
            .limit(1)
            .with_for_update()
        )
        if known is not None:
            known.tries, known.last_at = known.tries + 1, now
            continue
        session.add(
            Refusal(
                id=new_id(),
                user_id=user_id,
                conversation_id=conversation_id,
                kind=finding.judged.kind,
                code=finding.code,
                redacted=finding.redacted,
                digest=keys[0],
                engine_version=contact_guard.ENGINE_VERSION,
                rules_version=finding.rules_version,
                enforced=finding.enforced,
                spared_by=finding.spared_by,
                tries=1,
                created_at=now,
                last_at=now,
            )
        )
        session.flush()


def forget_old() -> int:
    """Delete some of the refusals that are older than refusals are kept. Returns how many."""
    return forget_older_than_kept(Refusal)


def forget_older_than_kept(kind: type[Refusal] | type[Appeal]) -> int:
    """Delete some of the refusals, or of the appeals against them; both are kept as long. Returns how many."""
    old = select(kind.id).where(kind.created_at < clock.now() - terms().refusal_retention).limit(FORGET_AT_ONCE)
    gone = delete(kind).where(kind.id.in_(old)).returning(kind.id).execution_options(synchronize_session=False)
    return storage.write(lambda session: len(session.execute(gone).all()))
