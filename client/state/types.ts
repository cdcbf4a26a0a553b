/** The types the screens need, so that no screen imports from the network. */
export type { FieldProblem, Problem, Result } from "../net/problem";
export type {
	Appeal,
	AuditEntry,
	BankAccount,
	BankAccountRequest,
	Booking,
	BookingRequest,
	BookingStatus,
	CancelledBy,
	CancelReason,
	ClosedReason,
	Conversation,
	LocationType,
	MassageFor,
	MemberRole,
	Message,
	Notification,
	Opening,
	PaymentCard,
	PriceQuote,
	Refusal,
	RefusedPerson,
	Reveal,
	RevealedCard,
	Role,
	Service,
	Shadow,
	Therapist,
	TherapistStatus,
	User,
} from "../net/types";
export type { OrderedFrom } from "../storage/attempts";
export type { BookingFields } from "../storage/draftFields";

import type { Problem } from "../net/problem";

/**
 * Something that is fetched. `value` may be there while loading again or after a failure: it is then what was
 * known before. `offline` means nothing answered; `error` means the server refused. `asOf` is device time (ms).
 */
export type Loadable<Value> =
	| { status: "loading"; value?: Value }
	| { status: "ready"; value: Value; asOf: number }
	| { status: "error"; error: Problem; value?: Value }
	| { status: "offline"; error: Problem; value?: Value; asOf?: number };
