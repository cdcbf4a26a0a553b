"""Who was shown the number on a payment card: written down by ``payment_cards``, read by an operator."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.domain import paging, people
from app.domain.people import Person
from app.events import log
from app.events.oversight import RevealPayload
from app.models import PaymentCard, PaymentCardReveal, Therapist, User

#: The largest id; the databases' integers end above it.
_LARGEST = 2**31 - 1


def page(operator: Person, after: str | None) -> paging.Page[RevealPayload]:
    """Who was shown the account number on whose payment card, newest first.

    :raises Forbidden: for operators only
    :raises Invalid: ``after`` is no cursor of this list
    """
    operator.require_operator()
    query = (
        select(PaymentCardReveal, PaymentCard.bank, Therapist.display_name)
        .join(PaymentCard, PaymentCard.message_id == PaymentCardReveal.message_id)
        .join(Therapist, Therapist.id == PaymentCard.therapist_id)
        .order_by(PaymentCardReveal.id.desc())
        .limit(paging.PAGE_SIZE + 1)
    )
    if after:
        _, last_id = paging.decode(after)
        query = query.where(PaymentCardReveal.id < paging.whole_number(last_id, _LARGEST))

    def run(session: Session) -> paging.Page[RevealPayload]:
        rows, last = paging.cut(session.execute(query).all())
        following = paging.encode("", str(last[0].id)) if last else None
        viewers = people.users(session, {row.viewer_user_id for row, _, _ in rows})
        items = [_reveal_view(row, bank, name, viewers[row.viewer_user_id]) for row, bank, name in rows]
        return paging.Page(items, following, log.head(session, operator.id).cursor)

    return storage.read(run)


def _reveal_view(row: PaymentCardReveal, bank: str, therapist_name: str, viewer: User) -> RevealPayload:
    return RevealPayload(
        card_id=row.message_id,
        booking_id=row.booking_id,
        bank=bank,
        viewer_id=viewer.id,
        viewer_name=viewer.display_name,
        therapist_name=therapist_name,
        at=row.at,
    )
