"""``/api/therapists/me/bank-account`` and ``/api/payment-cards``: an account, and the number on a card of it."""

from flask import Response
from flask_openapi import APIBlueprint, Tag

from app.domain import bank_accounts, payment_cards
from app.events.payloads import RevealedCardPayload
from app.web.guard import at_most, only
from app.web.identity import signed_in
from app.web.present import answer
from app.web.refusals import refuses
from app.web.schemas.payments import BankAccountAnswer, BankAccountRequest, CardPath

bp = APIBlueprint("payments", __name__, url_prefix="/api", abp_tags=[Tag(name="payments")])

MAX_ACCOUNT_BYTES = 4 * 1024
ACCOUNT = "/therapists/me/bank-account"


@bp.get(ACCOUNT, responses={200: BankAccountAnswer})
@only("therapist")
def account() -> Response:
    """The provider's own account, masked, if there is one."""
    return answer(BankAccountAnswer(account=bank_accounts.find(signed_in())))


@bp.put(ACCOUNT, responses={200: BankAccountAnswer})
@only("therapist")
@at_most(MAX_ACCOUNT_BYTES)
@refuses("contact_blocked", "too_many_requests")
def put_account(body: BankAccountRequest) -> Response:
    """Keep the account (a number of 6 to 20 digits) in place of the one before. The number is never answered back."""
    kept = bank_accounts.put(signed_in(), body.bank, body.holder, body.number)
    return answer(BankAccountAnswer(account=kept))


@bp.delete(ACCOUNT, responses={204: None})
@only("therapist")
@refuses("too_many_requests")
def remove_account() -> Response:
    """Forget the account. Twice is the same."""
    bank_accounts.remove(signed_in())
    return Response(status=204)


@bp.post("/payment-cards/<message_id>/reveal", responses={200: RevealedCardPayload})
@only("customer")
@refuses("booking_state", "too_many_requests")
def reveal(path: CardPath) -> Response:
    """The number on a card, for the customer of its booking as long as that is not cancelled. Each look is recorded."""
    return answer(payment_cards.reveal(signed_in(), path.message_id))
