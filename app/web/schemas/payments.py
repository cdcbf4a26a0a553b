"""Bank accounts and payment cards."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.events.payloads import BankAccountPayload, Identifier, Payload
from app.web.schemas.base import Request


class BankAccountRequest(Request):
    """A provider's account: the name of a bank or wallet, whose it is, and its number in any grouping."""

    bank: str
    holder: str
    number: str


class PaymentCardRequest(Request):
    """A card under the id that the device gave it; without ``booking_id`` for the newest accepted booking."""

    client_id: Annotated[Identifier, Field(min_length=8)]
    booking_id: Identifier | None = None


class CardPath(BaseModel):
    """Which payment card, by the id of its message."""

    message_id: str


class BankAccountAnswer(Payload):
    """A provider's own account, masked, if there is one."""

    account: BankAccountPayload | None
