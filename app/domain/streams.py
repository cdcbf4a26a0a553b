"""How far the streams of several people have come."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.models import EventHead

AT_ONCE = 500


def heads(user_ids: Collection[str]) -> dict[str, int]:
    """The newest seq of each of these people who has a stream."""

    def run(session: Session) -> dict[str, int]:
        found: dict[str, int] = {}
        wanted = sorted(user_ids)
        for start in range(0, len(wanted), AT_ONCE):
            some = EventHead.user_id.in_(wanted[start : start + AT_ONCE])
            found |= {
                row.user_id: row.seq for row in session.execute(select(EventHead.user_id, EventHead.seq).where(some))
            }
        return found

    return storage.read(run) if user_ids else {}
