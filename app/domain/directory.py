"""The directory of providers, and a provider's own entry in it."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from app import storage
from app.domain import paging, views
from app.domain.errors import Forbidden, nothing_here
from app.domain.people import Person
from app.events import ephemeral, log
from app.events.payloads import ProviderStatus, TherapistPayload
from app.models import Service, Therapist

_OFFERED = select(Service.therapist_id, Service.name, Service.name_id).where(Service.is_active)


def search(
    person: Person | None, q: str | None, area: str | None, kind: str | None, available: bool, after: str | None
) -> paging.Page[TherapistPayload]:
    """Providers by name. ``q`` looks into names, areas and what they offer; ``available`` leaves those free now;
    ``after`` is the ``next_cursor`` of the page before. For a signed-in person the page is true at the event cursor.

    :raises Invalid: ``after`` is no cursor of this list
    """

    def run(session: Session) -> paging.Page[TherapistPayload]:
        query = select(Therapist).order_by(Therapist.display_name, Therapist.id)
        if kind:
            query = query.where(Therapist.kind == kind)
        if available:
            query = query.where(Therapist.status == "available")
        if after:
            query = query.where(tuple_(Therapist.display_name, Therapist.id) > tuple_(*paging.decode(after)))
        fitting = _first_fitting(session, query, fold(q or ""), fold(area or ""), paging.PAGE_SIZE + 1)
        rows, last = paging.cut(fitting)
        following = paging.encode(last.display_name, last.id) if last else None
        items = [views.therapist_view(row) for row in rows]
        return paging.Page(items, following, log.head(session, person.id).cursor if person else log.BEGINNING)

    return storage.read(run)


def fold(text: str) -> str:
    """What is left for a comparison: no case, no accents, no space around it."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold().strip()


def _first_fitting(
    session: Session, query: Select[Therapist], words: str, area: str, count: int
) -> Sequence[Therapist]:
    r"""The first providers of ``query`` that mention ``words`` and serve ``area``. Texts are compared here and not by
    the database: SQLite folds no letter but those of ASCII, and lists are kept as JSON, in which ``é`` is ``\u00e9``.
    """
    if not words and not area:
        return session.scalars(query.limit(count)).all()
    seen = query.with_only_columns(Therapist.id, Therapist.display_name, Therapist.area, Therapist.areas_served)
    offers = _offers(session) if words else {}
    found: list[str] = []
    for identifier, name, home, served in session.execute(seen):
        mentions = any(words in fold(text) for text in (name, home, *offers.get(identifier, ())))
        if mentions and (not area or area in map(fold, (home, *served))):
            found.append(identifier)
            if len(found) == count:
                break
    return session.scalars(query.where(Therapist.id.in_(found))).all()


def _offers(session: Session) -> dict[str, list[str]]:
    """The names of what each provider offers, in every language."""
    offers: dict[str, list[str]] = defaultdict(list)
    for identifier, *names in session.execute(_OFFERED):
        offers[identifier] += names
    return offers


def find(therapist_id: str) -> TherapistPayload:
    """One provider.

    :raises NotFound: not in the directory
    """

    def run(session: Session) -> TherapistPayload:
        therapist = session.get(Therapist, therapist_id)
        if therapist is None:
            raise nothing_here()
        return views.therapist_view(therapist)

    return storage.read(run)


def set_status(person: Person, status: ProviderStatus) -> TherapistPayload:
    """The availability switch of the signed-in provider.

    :raises Forbidden: the person is no provider
    """

    if person.therapist_id is None:
        raise Forbidden("Only a provider has an availability switch.")

    def run(session: Session) -> TherapistPayload:
        therapist = session.get_one(Therapist, person.therapist_id, with_for_update={"key_share": True})
        if therapist.status != status:
            therapist.status = status
            session.flush()
            ephemeral.note(session, ephemeral.TherapistStatus(therapist.id, status))
        return views.therapist_view(therapist)

    return storage.write(run)
