"""A provider's bank account: given by her, shown masked even to her, and sent as a payment card only."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import storage
from app.domain import banks, clock, passes, refusals, views
from app.domain.errors import FieldError, Forbidden
from app.domain.free_text import Texts, clean
from app.domain.people import Person
from app.domain.rates import take_account
from app.events import log
from app.events.payloads import BankAccountPayload
from app.models import BankAccount, Conversation, Message, PaymentCard, Therapist

BANK_LENGTH = 40
HOLDER_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Given:
    """An account as it was typed, checked: ``number`` is 6 to 20 ASCII digits."""

    bank: str
    holder: str
    number: str


def find(person: Person) -> BankAccountPayload | None:
    """The provider's own account, masked; None when there is none.

    :raises Forbidden: the person is no provider
    """
    therapist_id = _provider(person)

    def run(session: Session) -> BankAccountPayload | None:
        account = session.get(BankAccount, therapist_id)
        return views.account_view(account) if account else None

    return storage.read(run)


def put(person: Person, bank: str, holder: str, number: str) -> BankAccountPayload:
    """Keep an account, in place of the one there was. The same again changes nothing. Cards that were sent of another
    one are marked as outdated.

    :raises Forbidden: the person is no provider
    :raises Invalid: ``errors`` names the fields
    :raises TooMany: more than the rate allows
    """
    _provider(person)
    take_account(person.id)
    given, texts = _checked(bank, holder, number)

    with refusals.noting(person.id, (), texts.judged):
        texts.require_readable()
        assert given is not None  # or its number was refused
        return storage.write(lambda session: _keep(session, person, given, texts))


def _keep(session: Session, person: Person, given: Given, texts: Texts) -> BankAccountPayload:
    account = locked(session, person)
    if account is not None and Given(account.bank, account.holder, account.number) == given:
        return views.account_view(account)
    passes.require(session, person.id, None, texts)
    if account is None:
        account = BankAccount(therapist_id=_provider(person))
        session.add(account)
    account.bank, account.holder, account.number = given.bank, given.holder, given.number
    account.updated_at = clock.now()
    session.flush()
    _outdate_cards(session, account.therapist_id)
    return views.account_view(account)


def remove(person: Person) -> None:
    """Forget the account; twice is the same. Cards that were sent of it stay, marked as outdated.

    :raises Forbidden: the person is no provider
    :raises TooMany: more than the rate allows
    """
    therapist_id = _provider(person)
    take_account(person.id)

    def run(session: Session) -> None:
        account = locked(session, person)
        if account is not None:
            session.delete(account)
            session.flush()
            _outdate_cards(session, therapist_id)

    storage.write(run)


def _provider(person: Person) -> str:
    if person.therapist_id is None:
        raise Forbidden("Only a provider has a bank account here.")
    return person.therapist_id


def locked(session: Session, person: Person) -> BankAccount | None:
    """The provider's account, if there is one; nobody else changes it, or sends a card of it, until the commit. The
    provider's own row is the lock, because there may be no account yet.

    :raises Forbidden: the person is no provider
    """
    therapist_id = _provider(person)
    session.get_one(Therapist, therapist_id, with_for_update={"key_share": True})
    return session.get(BankAccount, therapist_id, populate_existing=True)


def _checked(bank: str, holder: str, number: str) -> tuple[Given | None, Texts]:
    """No account where the number is none; what is wrong with it, and with the names, is among the texts' errors."""
    texts = Texts()
    # What is listed need not be judged as a text that somebody made up.
    name = banks.known(clean(bank)) or texts.take("bank", bank, longest=BANK_LENGTH, shortest=2)
    owner = texts.take("holder", holder, longest=HOLDER_LENGTH, shortest=2)
    digits = banks.digits_of(number)
    if digits is None:
        missing = not number.strip()
        fault = ("required", "Please fill this in.") if missing else ("invalid_account", "6 to 20 digits, please.")
        texts.errors.append(FieldError("number", *fault))
    return Given(name, owner, digits) if digits is not None else None, texts


def _outdate_cards(session: Session, therapist_id: str) -> None:
    """Mark the cards of the account that there was until now, and tell both sides where the room is still open: in a
    closed one they find out when they look.
    """
    marked = (
        update(PaymentCard)
        .where(PaymentCard.therapist_id == therapist_id, PaymentCard.outdated_at.is_(None))
        .values(outdated_at=clock.now())
        .returning(PaymentCard.message_id)
        .execution_options(synchronize_session=False)
    )
    ids = session.execute(marked).scalars().all()
    shown = (
        select(Message, Conversation)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.id.in_(ids), Conversation.closed_at.is_(None))
        .order_by(Message.conversation_id, Message.seq)
    )
    for message, conversation in session.execute(shown).all():
        view = views.message_view(message, conversation)
        for user_id in (conversation.customer_id, conversation.therapist_user_id):
            log.emit(session, user_id, "message.changed", view)
