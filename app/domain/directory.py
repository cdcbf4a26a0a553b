"""The directory of providers, and a provider's own entry in it."""

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app import storage
from app.domain import paging, views
from app.domain.errors import Forbidden, nothing_here
from app.domain.people import Person
from app.events import ephemeral, log
from app.events.payloads import ProviderStatus, TherapistPayload
from app.models import Service, Therapist


def search(
    person: Person | None, q: str | None, area: str | None, kind: str | None, available: bool, after: str | None
) -> paging.Page[TherapistPayload]:
    """Providers by name. ``q`` looks into names, areas and what they offer; ``available`` leaves those free now;
    ``after`` is the ``next_cursor`` of the page before. For a signed-in person the page is true at the event cursor.

    :raises Invalid: ``after`` is no cursor of this list
    """

    def run(session: Session) -> paging.Page[TherapistPayload]:
        query = _filtered(q, area, kind, available)
        if after:
            query = query.where(tuple_(Therapist.display_name, Therapist.id) > tuple_(*paging.decode(after)))
        ordered = query.order_by(Therapist.display_name, Therapist.id).limit(paging.PAGE_SIZE + 1)
        rows = session.scalars(ordered).all()
        following = None
        if len(rows) > paging.PAGE_SIZE:
            last = rows[paging.PAGE_SIZE - 1]
            following = paging.encode(last.display_name, last.id)
        items = [views.therapist_view(row) for row in rows[: paging.PAGE_SIZE]]
        return paging.Page(items, following, log.head(session, person.id).cursor if person else log.BEGINNING)

    return storage.read(run)


def _filtered(q: str | None, area: str | None, kind: str | None, available: bool) -> Select[Therapist]:
    query = select(Therapist)
    if q and q.strip():
        query = query.where(_mentions(q.strip()))
    if area and area.strip():
        # The areas are a JSON list of names: one of them in quotes is found as text on every database.
        served = cast(Therapist.areas_served, Text).icontains(f'"{area.strip()}"', autoescape=True)
        query = query.where(or_(func.lower(Therapist.area) == area.strip().lower(), served))
    if kind:
        query = query.where(Therapist.kind == kind)
    if available:
        query = query.where(Therapist.status == "available")
    return query


def _mentions(words: str) -> ColumnElement[bool]:
    offers = select(Service.therapist_id).where(
        Service.is_active,
        or_(Service.name.icontains(words, autoescape=True), Service.name_id.icontains(words, autoescape=True)),
    )
    return or_(
        Therapist.display_name.icontains(words, autoescape=True),
        Therapist.area.icontains(words, autoescape=True),
        Therapist.id.in_(offers),
    )


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
