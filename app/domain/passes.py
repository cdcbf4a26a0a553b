"""What an operator has allowed: one text of one person in one place, once."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain import clock
from app.domain.free_text import Judged, Texts
from app.domain.refusals import digests
from app.models import Appeal


def spend(session: Session, user_id: str, conversation_id: str | None, judged: Judged) -> bool:
    """Use the pass of this text, in the transaction that stores it. False when there is none, or not any more.

    One that was given without a conversation is good for any.
    """
    places = (conversation_id, None) if conversation_id else (None,)
    return any(_spend_here(session, user_id, place, judged) for place in places)


def _spend_here(session: Session, user_id: str, conversation_id: str | None, judged: Judged) -> bool:
    # A single compare-and-set: of two at once, one finds it used.
    spent = session.execute(
        update(Appeal)
        .where(
            Appeal.digest.in_(digests(user_id, conversation_id, judged.kind, judged.text)), Appeal.status == "allowed"
        )
        .values(status="used", used_at=clock.now())
        .returning(Appeal.id)
        .execution_options(synchronize_session=False)
    )
    return bool(spent.all())


def standing(session: Session, keys: Sequence[bytes]) -> Appeal | None:
    """The appeal about this text that waits to be judged, or whose pass waits to be used."""
    return session.scalar(select(Appeal).where(Appeal.digest.in_(keys), Appeal.status.in_(("open", "allowed"))))


def require(session: Session, user_id: str, conversation_id: str | None, texts: Texts) -> None:
    """Let the texts of a request through, using the passes of those that the filter refuses.

    :raises Invalid: one of them has none, or something else is wrong with them; no pass is used then, because the
        transaction is undone
    """
    fault = texts.fault()
    if fault is None:
        return
    texts.require_readable()
    # The same text in two fields of one kind is one text: there can be only one pass for it.
    different = {(judged.kind, judged.text): judged for judged in texts.blocked}
    if not all(spend(session, user_id, conversation_id, judged) for judged in different.values()):
        raise fault
