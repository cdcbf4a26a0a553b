"""What a person lets the other members of her conversations notice."""

from sqlalchemy.orm import Session

from app import storage
from app.domain.errors import FieldError, invalid_fields
from app.domain.people import Person, person_of
from app.events import ephemeral
from app.models import User

NOTHING_NAMED = "Say what to share: shareTyping, sharePresence, or both."


def set_sharing(person: Person, typing: bool | None, presence: bool | None) -> Person:
    """Turn the sharing of typing, of presence, or of both on or off; None leaves it as it is. Returns the person as
    she is then. Live connections act on it as soon as it is on disk.

    :raises Invalid: neither is named
    """
    if typing is None and presence is None:
        names = ("shareTyping", "sharePresence")
        raise invalid_fields(*(FieldError(name, "required", NOTHING_NAMED) for name in names))

    def run(session: Session) -> Person:
        user = session.get_one(User, person.id, with_for_update={"key_share": True})
        before = (user.shares_typing, user.shares_presence)
        user.shares_typing = user.shares_typing if typing is None else typing
        user.shares_presence = user.shares_presence if presence is None else presence
        if before != (user.shares_typing, user.shares_presence):
            session.flush()
            ephemeral.note(session, ephemeral.SharingChanged(user.id, user.shares_presence))
        return person_of(session, user)

    return storage.write(run)
