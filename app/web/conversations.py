"""``/api/conversations``: rooms, messages, marks."""

from flask import Response
from flask_openapi import APIBlueprint, Tag

from app.domain import chat, payment_cards, receipts
from app.events.payloads import ConversationPayload, MessagePayload
from app.web.guard import members, only
from app.web.identity import signed_in
from app.web.present import answer
from app.web.refusals import refuses
from app.web.schemas.base import PageQuery
from app.web.schemas.conversations import (
    ConversationList,
    ConversationPath,
    HistoryQuery,
    MessageList,
    MessageRequest,
    ReadRequest,
)
from app.web.schemas.payments import PaymentCardRequest

bp = APIBlueprint("conversations", __name__, url_prefix="/api/conversations", abp_tags=[Tag(name="conversations")])


@bp.get("", responses={200: ConversationList})
@members
def index(query: PageQuery) -> Response:
    """The person's own conversations, the most recently active first, at most 50 a page."""
    page = chat.page(signed_in(), query.cursor)
    return answer(ConversationList(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))


@bp.get("/<conversation_id>", responses={200: ConversationPayload})
@members
def show(path: ConversationPath) -> Response:
    """One conversation of the person."""
    return answer(chat.find(signed_in(), path.conversation_id))


@bp.get("/<conversation_id>/messages", responses={200: MessageList})
@members
def history(path: ConversationPath, query: HistoryQuery) -> Response:
    """A page of messages in ascending seq: the newest, those before a seq, or those after one; at most 200."""
    page = chat.history(signed_in(), path.conversation_id, query.before, query.after, query.limit)
    return answer(MessageList(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))


@bp.post("/<conversation_id>/messages", responses={201: MessagePayload, 200: MessagePayload})
@members
@refuses("contact_blocked", "client_id_reused", "chat_closed", "too_many_requests")
def send(path: ConversationPath, body: MessageRequest) -> Response:
    """Send a message; the same clientId sends it once, and answers 200 instead of 201 the next time."""
    sent = chat.send(signed_in(), path.conversation_id, body.client_id, body.message)
    return answer(sent.message, 201 if sent.is_new else 200)


@bp.post("/<conversation_id>/payment-card", responses={201: MessagePayload, 200: MessagePayload})
@only("therapist")
@refuses("chat_closed", "booking_state", "no_bank_account", "client_id_reused", "too_many_requests")
def send_card(path: ConversationPath, body: PaymentCardRequest) -> Response:
    """Send a card of the therapist's bank account, masked, for an accepted booking; the same clientId sends it once."""
    sent = payment_cards.send(signed_in(), path.conversation_id, body.client_id, body.booking_id)
    return answer(sent.message, 201 if sent.is_new else 200)


@bp.post("/<conversation_id>/read", responses={200: ConversationPayload})
@members
def read(path: ConversationPath, body: ReadRequest) -> Response:
    """Everything up to a seq has been read; the mark only rises. Answers with the conversation as it is then."""
    return answer(receipts.mark_read(signed_in(), path.conversation_id, body.seq))
