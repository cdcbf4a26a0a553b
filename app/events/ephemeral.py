"""What is told to whoever is connected just now and never stored: a client that misses it loses nothing."""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class TherapistStatus:
    """A provider's availability switch was moved; everybody may know."""

    therapist_id: str
    status: str

    def frame(self) -> str:
        """The frame as text."""
        return json.dumps({"type": "therapist.status", "therapistId": self.therapist_id, "status": self.status})


@dataclass(frozen=True, slots=True)
class SharingChanged:
    """A person has turned the sharing of typing or presence on or off: what the connections know of it is old."""

    user_id: str
    shares_presence: bool


Ephemeral = TherapistStatus | SharingChanged


def note(session: Session, news: Ephemeral) -> None:
    """Tell it once the transaction is on disk."""
    session.info.setdefault("ephemeral", []).append(news)


def noted(session: Session) -> list[Ephemeral]:
    """What the committed transaction of ``session`` has to tell."""
    news: list[Ephemeral] = session.info.get("ephemeral", [])
    return news
