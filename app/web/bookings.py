"""``/api/bookings``: submitting, finding, and moving bookings between their states."""

from flask import Response
from flask_openapi import APIBlueprint, Tag

from app.domain import bookings, submissions, transitions
from app.domain.errors import nothing_here
from app.domain.orders import Order
from app.domain.policies import Action
from app.events.payloads import BookingPayload, OwnBookingPayload
from app.web.guard import members, only
from app.web.identity import signed_in
from app.web.present import answer
from app.web.problems import problem
from app.web.refusals import refuses
from app.web.schemas.bookings import (
    AnyBooking,
    BookingHeaders,
    BookingList,
    BookingPath,
    BookingRequest,
    BookingsQuery,
    ReasonRequest,
    SubmittedAnswer,
)

bp = APIBlueprint("bookings", __name__, url_prefix="/api/bookings", abp_tags=[Tag(name="bookings")])

SHORTEST_KEY, LONGEST_KEY = 8, 200


@bp.post("", responses={201: SubmittedAnswer, 200: SubmittedAnswer})
@only("customer")
@refuses(
    "idempotency_key_required",
    "idempotency_key_reused",
    "contact_blocked",
    "price_changed",
    "slot_taken",
    "therapist_unavailable",
    "too_many_requests",
)
def submit(header: BookingHeaders, body: BookingRequest) -> Response:
    """Submit a booking; the same Idempotency-Key makes it once, and answers 200 instead of 201 the next time."""
    key = (header.idempotency_key or "").strip()
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY or not key.isprintable():
        return problem(
            400, "idempotency_key_required", "Idempotency-Key must have 8 to 200 characters. Nothing was booked."
        )
    done = submissions.submit(signed_in(), key, _order(body))
    return answer(
        SubmittedAnswer.model_construct(booking=done.booking, conversation=done.conversation),
        201 if done.is_new else 200,
    )


def _order(body: BookingRequest) -> Order:
    return Order(
        therapist_id=body.therapist_id,
        service_id=body.service_id,
        expected_price=body.expected_price,
        customer_name=body.customer_name,
        customer_whatsapp=body.customer_whats_app,
        location_type=body.location_type,
        area=body.area,
        location=body.location,
        massage_for=body.massage_for,
        scheduled_time=body.scheduled_time,
        note=body.note,
    )


@bp.get("", responses={200: BookingList})
@members
def index(query: BookingsQuery) -> Response:
    """The person's own bookings, newest first, at most 50 a page; all or of one status."""
    page = bookings.page(signed_in(), query.status, query.cursor)
    return answer(BookingList.model_construct(items=page.items, next_cursor=page.next_cursor, cursor=page.cursor))


@bp.get("/last", responses={200: OwnBookingPayload})
@only("customer")
@refuses("not_found")
def last() -> Response:
    """The customer's newest booking, to book again from; 404 before the first."""
    booking = bookings.last(signed_in())
    if booking is None:
        raise nothing_here()
    return answer(booking)


@bp.get("/<booking_id>", responses={200: AnyBooking})
@members
def show(path: BookingPath) -> Response:
    """One of the person's own bookings. A customer sees the number and the address with it, a therapist does not."""
    return answer(bookings.find(signed_in(), path.booking_id))


@bp.post("/<booking_id>/accept", responses={200: BookingPayload})
@only("therapist")
@refuses("booking_state", "slot_taken")
def accept(path: BookingPath) -> Response:
    """The therapist takes the booking, before its ``expiresAt``; it holds one of her places from now on."""
    return _act(path, "accept")


@bp.post("/<booking_id>/decline", responses={200: BookingPayload})
@only("therapist")
@refuses("booking_state", "contact_blocked")
def decline(path: BookingPath, body: ReasonRequest) -> Response:
    """The therapist does not take the booking; ``reason`` is told to the customer."""
    return _act(path, "decline", body.reason)


@bp.post("/<booking_id>/confirm", responses={200: OwnBookingPayload})
@only("customer")
@refuses("booking_state")
def confirm(path: BookingPath) -> Response:
    """The customer confirms the accepted booking, before its ``expiresAt``."""
    return _act(path, "confirm")


@bp.post("/<booking_id>/cancel", responses={200: AnyBooking})
@members
@refuses("booking_state", "contact_blocked")
def cancel(path: BookingPath, body: ReasonRequest) -> Response:
    """Either side cancels, before the session's end; ``reason`` is told to the other side."""
    return _act(path, "cancel", body.reason)


def _act(path: BookingPath, action: Action, reason: str | None = None) -> Response:
    return answer(transitions.act(signed_in(), path.booking_id, action, reason))
