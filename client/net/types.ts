/** The shapes of the server's answers, from its OpenAPI document, and of its events, from docs/protocol.md. */
import type { components } from "./api.gen";

type Schemas = components["schemas"];

export type User = Schemas["UserPayload"];
export type Preferences = Partial<Pick<User, "shareTyping" | "sharePresence">>;
export type Session = Schemas["SessionAnswer"];
export type Service = Schemas["ServicePayload"];
export type Therapist = Schemas["TherapistPayload"];
export type Opening = Schemas["OpeningPayload"];
/** A customer's own HTTP answers carry `customerWhatsApp` and `address` too; no event does. */
export type Booking = Schemas["BookingPayload"] &
	Partial<Pick<Schemas["OwnBookingPayload"], "customerWhatsApp" | "address">>;
export type BookingRequest = Schemas["BookingRequest"];
export type Booked = { booking: Booking; conversation: Conversation };
export type Conversation = Schemas["ConversationPayload"];
export type Mark = Schemas["MarkPayload"];
export type Message = Schemas["MessagePayload"];
/** As both sides see it: of the number only the last digits. */
export type PaymentCard = Schemas["PaymentCardPayload"];
export type BankAccount = Schemas["BankAccountPayload"];
export type BankAccountRequest = Schemas["BankAccountRequest"];
/** The one answer with the whole number in it: to be held by a component, and nowhere else. */
export type RevealedCard = Schemas["RevealedCardPayload"];
export type Notification = Schemas["NotificationPayload"];
export type GuestRequest = Schemas["GuestRequest"];
/** What the server keeps of a form; every field is there in an answer, null where nothing was filled in. */
export type DraftFields = Schemas["DraftFields"];
/** `version` 0: there never was one. `draft` null: removed, or became a booking; the version stays. */
export type Draft = Schemas["DraftPayload"];
/** `conversationId`: where the text is to be read; null where there is no conversation yet. */
export type AppealRequest = Required<Schemas["AppealRequest"]>;
/** `allowed`: it would pass as it is, or the operator has let it pass already; there is nothing to wait for. */
export type AppealAnswer = Schemas["AppealAnswer"];
export type OwnAppeals = Schemas["OwnAppealList"];
export type RecoveryCode = Schemas["RecoveryCodeAnswer"];

export type Appeal = Schemas["AppealPayload"];
export type Refusal = Schemas["RefusalPayload"];
export type RefusedPerson = Schemas["RefusedPersonPayload"];
export type AuditEntry = Schemas["AuditEntryPayload"];
export type Reveal = Schemas["RevealPayload"];
export type Shadow = Schemas["ShadowPayload"];

export type Role = User["role"];
export type MemberRole = Message["senderRole"];
export type TherapistStatus = Therapist["status"];
export type LocationType = Booking["locationType"];
export type MassageFor = Booking["massageFor"];
export type BookingStatus = Booking["status"];
export type CancelledBy = NonNullable<Booking["cancelledBy"]>;
export type CancelReason = NonNullable<Booking["cancelReason"]>;
export type ClosedReason = NonNullable<Conversation["closedReason"]>;

/** What a 409 `price_changed` carries in `current`; minor units of `currency`. */
export interface PriceQuote {
	price: number;
	servicePrice: number;
	travelFee: number;
	currency: string;
}

export interface Page<Item> {
	items: Item[];
	nextCursor: string | null;
	/** The event cursor this page is true at. */
	cursor: string;
}

interface Numbered<Type extends string, Data> {
	/** Position in the person's stream. */
	seq: number;
	type: Type;
	data: Data;
	at: string;
}

export type StreamEvent =
	| Numbered<"booking.created" | "booking.changed", Booking>
	| Numbered<"message.created" | "message.changed", Message>
	| Numbered<"conversation.marks", { conversationId: string; marks: Mark[] }>
	| Numbered<"conversation.opened" | "conversation.closed", Conversation>
	| Numbered<"notification.created" | "notification.acknowledged", Notification>
	| Numbered<"draft.changed", { therapistId: string; version: number }>;

export interface EventBatch {
	events: StreamEvent[];
	cursor: string;
	reset: boolean;
}
