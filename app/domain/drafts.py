"""What a customer has filled in for a provider and not sent yet, so that another device can go on with it.

The device is primary: a draft on the server is a copy, and nobody's but the customer's. It is written by
compare-and-set on its version, so that of two devices that write at once one is told.
"""

import structlog
from pydantic import ValidationError
from pydantic.alias_generators import to_camel
from sqlalchemy import bindparam, select, tuple_, update
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, free_text
from app.domain.errors import Conflict, Forbidden, invalid_fields, nothing_here
from app.domain.orders import AREA_LENGTH, LOCATION_LENGTH, NAME_LENGTH, NOTE_LENGTH
from app.domain.people import Person
from app.domain.phones import LONGEST_NUMBER
from app.domain.policies import terms
from app.domain.rates import take_draft
from app.events import log
from app.events.payloads import DraftChangedPayload, DraftFields, DraftPayload
from app.models import Draft, Therapist

logger = structlog.get_logger(__name__)
FORGET_AT_ONCE = 200

#: The texts of a draft: the longest that the booking form takes, and whether it may have several lines.
_TEXTS = {
    "customer_name": (NAME_LENGTH, False),
    "customer_whats_app": (LONGEST_NUMBER, False),
    "area": (AREA_LENGTH, False),
    "location": (LOCATION_LENGTH, True),
    "note": (NOTE_LENGTH, True),
}

# Built once: every booking asks these.
_COLUMN = Draft.__table__.c
_EMPTY_ANY = (
    update(Draft.__table__)  # type: ignore[arg-type]  # declared as a FromClause, always a Table
    .where(_COLUMN.customer_id == bindparam("by"), _COLUMN.therapist_id == bindparam("about"))
    .values(content=None, version=_COLUMN.version + 1, updated_at=bindparam("now"))
    .returning(_COLUMN.version)
)
_EMPTY_FULL = _EMPTY_ANY.where(_COLUMN.content.is_not(None))


def find(customer: Person, therapist_id: str) -> DraftPayload:
    """The customer's draft for this provider.

    :raises Forbidden: only customers have drafts
    :raises NotFound: there is no such provider
    """
    _require_customer(customer)

    def run(session: Session) -> DraftPayload:
        _require_provider(session, therapist_id)
        return _payload(_row(session, customer, therapist_id))

    return storage.read(run)


def save(customer: Person, therapist_id: str, base_version: int, draft: DraftFields) -> int:
    """Keep a draft if the server's is the one that the device has seen. Returns its version. What is there already,
    word for word, is not written again, so that a repetition after a lost answer is no conflict.

    :raises Invalid: field errors
    :raises NotFound: there is no such provider
    :raises Conflict: ``draft_changed``, with the server's draft as ``current``
    :raises TooMany: more than the rate allows
    """
    _require_customer(customer)
    take_draft(customer.id)
    _check(draft)
    content = draft.model_dump_json()

    def run(session: Session) -> int:
        _require_provider(session, therapist_id)
        known = _row(session, customer, therapist_id, to_write=True)
        if known is not None and _payload(known).draft == draft:
            return known.version
        _require_version(known, base_version)
        if known is None:
            known = Draft(customer_id=customer.id, therapist_id=therapist_id, version=0)
            session.add(known)
        return _write(session, known, content)

    return storage.write(run)


def remove(customer: Person, therapist_id: str, base_version: int | None) -> int:
    """Remove a draft: whatever it is, or only if its version is ``base_version``. Returns the version that remains.
    Removing what is not there changes nothing, but that ``base_version`` is the server's no more: a save on top of it
    that is still on its way comes too late.

    :raises NotFound: there is no such provider
    :raises Conflict: ``draft_changed``, with the server's draft as ``current``
    :raises TooMany: more than the rate allows
    """
    _require_customer(customer)
    take_draft(customer.id)

    def run(session: Session) -> int:
        _require_provider(session, therapist_id)
        known = _row(session, customer, therapist_id, to_write=True)
        if known is None:
            return _bar(session, customer.id, therapist_id) if base_version == 0 else 0
        if known.content is None:
            known.version += known.version == base_version
            return known.version
        if base_version is not None:
            _require_version(known, base_version)
        return _write(session, known, None)

    return storage.write(run)


def clear(session: Session, customer_id: str, therapist_id: str) -> None:
    """Remove a draft as part of a write: a booking was made of it. Its content is not read, so that one which cannot be
    read stands in nobody's way. Where there is none the version rises all the same, unheard: a save of what was booked
    may still be on its way.
    """
    asked = {"by": customer_id, "about": therapist_id, "now": clock.now()}
    emptied = session.execute(_EMPTY_FULL, asked).scalar_one_or_none()
    if emptied is not None:
        _announce(session, customer_id, therapist_id, emptied)
    elif session.execute(_EMPTY_ANY, asked).first() is None:
        _bar(session, customer_id, therapist_id)


def _bar(session: Session, customer_id: str, therapist_id: str) -> int:
    """A removed draft where there never was one. Two at once meet the key, and the second is run again."""
    now = clock.now()
    session.add(Draft(customer_id=customer_id, therapist_id=therapist_id, version=1, content=None, updated_at=now))
    session.flush()
    return 1


def forget_untouched() -> int:
    """Empty some of the drafts that nobody has touched for as long as drafts are kept. Nobody is told and no version
    rises: what a device has of it stays there, and can be saved again. Returns how many.
    """
    old = (
        select(Draft.customer_id, Draft.therapist_id)
        .where(Draft.updated_at < clock.now() - terms().draft_retention, Draft.content.is_not(None))
        .limit(FORGET_AT_ONCE)
    )
    emptied = (
        update(Draft)
        .where(tuple_(Draft.customer_id, Draft.therapist_id).in_(old))
        # Once more: it may be saved while its row is waited for.
        .where(Draft.updated_at < clock.now() - terms().draft_retention)
        .values(content=None)
        .returning(Draft.version)
        .execution_options(synchronize_session=False)
    )
    return storage.write(lambda session: len(session.execute(emptied).all()))


def _require_customer(person: Person) -> None:
    if person.role != "customer":
        raise Forbidden("Only customers have drafts.")


def _require_provider(session: Session, therapist_id: str) -> None:
    if session.scalar(select(Therapist.id).where(Therapist.id == therapist_id)) is None:
        raise nothing_here()


def _row(session: Session, customer: Person, therapist_id: str, to_write: bool = False) -> Draft | None:
    return session.get(Draft, (customer.id, therapist_id), with_for_update=to_write or None)


def _payload(row: Draft | None) -> DraftPayload:
    if row is None:
        return DraftPayload(version=0, draft=None, updated_at=None)
    return DraftPayload(version=row.version, draft=_fields(row.content), updated_at=row.updated_at)


def _fields(content: str | None) -> DraftFields | None:
    """What a draft says; None for none, and for one that a later version of this code cannot read."""
    if content is None:
        return None
    try:
        return DraftFields.model_validate_json(content)
    except ValidationError:
        logger.warning("draft.unreadable")
        return None


def _require_version(known: Draft | None, base_version: int) -> None:
    current = _payload(known)
    if current.version != base_version:
        raise Conflict(
            "This draft was changed on another device. Nothing was overwritten; choose what to keep.",
            code="draft_changed",
            extra={"current": current},
        )


def _write(session: Session, row: Draft, content: str | None) -> int:
    row.version, row.content, row.updated_at = row.version + 1, content, clock.now()
    session.flush()
    _announce(session, row.customer_id, row.therapist_id, row.version)
    return row.version


def _announce(session: Session, customer_id: str, therapist_id: str, version: int) -> None:
    log.emit(session, customer_id, "draft.changed", DraftChangedPayload(therapist_id=therapist_id, version=version))


def _check(draft: DraftFields) -> None:
    errors = []
    for name, (longest, lines) in _TEXTS.items():
        text = free_text.clean(getattr(draft, name) or "")
        fault = free_text.problem(f"draft.{to_camel(name)}", text, longest=longest, shortest=0, lines=lines)
        if fault:
            errors.append(fault)
    if errors:
        raise invalid_fields(*errors)
