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


def note(session: Session, frame: TherapistStatus) -> None:
    """Tell everybody once the transaction is on disk."""
    session.info.setdefault("ephemeral", []).append(frame)


def noted(session: Session) -> list[TherapistStatus]:
    """What the committed transaction of ``session`` has to tell."""
    frames: list[TherapistStatus] = session.info.get("ephemeral", [])
    return frames
