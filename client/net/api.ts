import { type Ask, type Http, REQUEST_TIMEOUT } from "./http";
import type { Result } from "./problem";
import type {
	Booked,
	Booking,
	BookingRequest,
	Conversation,
	Draft,
	DraftFields,
	EventBatch,
	GuestRequest,
	Message,
	Notification,
	Page,
	Preferences,
	RecoveryCode,
	Session,
	Therapist,
	TherapistStatus,
	User,
} from "./types";

export interface DirectoryQuery {
	q: string;
	area: string;
	kind: "" | "therapist" | "place";
	available: boolean;
}

export type BookingAction = "accept" | "decline" | "confirm" | "cancel";

const LIST = ["items", "cursor"] as const;
// What a chat needs of a booking is checked where the chat opens, which can explain what is missing.
const BOOKING = ["version"] as const;
const id = encodeURIComponent;

/** The server's endpoints, one function each; none of them throws. */
export type Api = ReturnType<typeof createApi>;

export function createApi(http: Http) {
	const get = <Value>(path: string, expects: readonly string[], more: Partial<Ask> = {}) =>
		http<Value>({ method: "GET", path, expects, ...more });
	const post = <Value>(path: string, body: unknown, expects: readonly string[]) =>
		http<Value>({ method: "POST", path, body, expects });
	return {
		...accountEndpoints(http, get, post),
		...draftEndpoints(http, get),
		therapists: (query: DirectoryQuery, after: string | null, signal?: AbortSignal) =>
			get<Page<Therapist>>("/api/therapists", ["items"], {
				query: { ...query, available: query.available || null, cursor: after },
				signal,
				takesKept: true,
			}),
		therapist: (therapistId: string) =>
			get<Therapist>(`/api/therapists/${id(therapistId)}`, ["id", "services"], { takesKept: true }),
		setStatus: (status: TherapistStatus) =>
			http<Therapist>({
				method: "PUT",
				path: "/api/therapists/me/status",
				body: { status },
				expects: ["status"],
			}),
		bookings: (after: string | null) =>
			get<Page<Booking>>("/api/bookings", LIST, { query: { cursor: after } }),
		lastBooking: () => get<Booking>("/api/bookings/last", BOOKING),
		booking: (bookingId: string) => get<Booking>(`/api/bookings/${id(bookingId)}`, BOOKING),
		book: (body: BookingRequest, idempotencyKey: string, signal: AbortSignal) =>
			http<Booked>({
				method: "POST",
				path: "/api/bookings",
				body,
				idempotencyKey,
				signal,
				expects: ["booking", "conversation"],
			}),
		transition: (bookingId: string, action: BookingAction, reason: string | undefined) =>
			http<Booking>({
				method: "POST",
				path: `/api/bookings/${id(bookingId)}/${action}`,
				body: reason ? { reason } : {},
				keepalive: true,
				expects: BOOKING,
			}),
		conversations: (after: string | null) =>
			get<Page<Conversation>>("/api/conversations", LIST, { query: { cursor: after } }),
		conversation: (conversationId: string) =>
			get<Conversation>(`/api/conversations/${id(conversationId)}`, ["id", "marks"]),
		messages: (conversationId: string, before: number | null, limit: number) =>
			get<Page<Message>>(`/api/conversations/${id(conversationId)}/messages`, LIST, {
				query: { before, limit },
			}),
		sendMessage: (conversationId: string, clientId: string, message: string) =>
			post<Message>(`/api/conversations/${id(conversationId)}/messages`, { clientId, message }, [
				"id",
				"seq",
			]),
		sendCard: (conversationId: string, clientId: string, bookingId: string) =>
			post<Message>(
				`/api/conversations/${id(conversationId)}/payment-card`,
				{ clientId, bookingId },
				["id", "seq"],
			),
		markRead: (conversationId: string, seq: number) =>
			post<Conversation>(`/api/conversations/${id(conversationId)}/read`, { seq }, ["id", "marks"]),
		notifications: (after: string | null) =>
			get<Page<Notification>>("/api/notifications", LIST, {
				query: { unacknowledged: true, cursor: after },
			}),
		acknowledge: (notificationId: string) =>
			post<Notification>(`/api/notifications/${id(notificationId)}/acknowledge`, {}, ["id"]),
		/** Held by the server for up to `wait` seconds until there is an event. */
		events: (after: string, wait: number, signal?: AbortSignal) =>
			get<EventBatch>("/api/events", ["events", "cursor"], {
				query: { after, wait },
				// R20: what is silent for a heartbeat and five seconds is lost. What is not held may be much to read.
				timeout: wait > 0 ? wait * 1000 + HELD_PATIENCE : REQUEST_TIMEOUT,
				signal,
			}),
	};
}

/** How much longer than it was to be held an answer may take, in milliseconds. */
const HELD_PATIENCE = 5_000;

type Get = <Value>(
	path: string,
	expects: readonly string[],
	more?: Partial<Ask>,
) => Promise<Result<Value>>;
type Post = <Value>(
	path: string,
	body: unknown,
	expects: readonly string[],
) => Promise<Result<Value>>;

function accountEndpoints(http: Http, get: Get, post: Post) {
	return {
		session: (signal?: AbortSignal) =>
			get<Session>("/api/session", ["user", "serverTime", "cursor"], { signal }),
		signIn: (email: string, password: string) =>
			post<{ user: User }>("/api/session", { email, password }, ["user"]),
		/** What is left out stays as it is. */
		setPreferences: (change: Preferences) =>
			http<{ user: User }>({
				method: "PUT",
				path: "/api/session/preferences",
				body: change,
				expects: ["user"],
			}),
		signOut: () => http<unknown>({ method: "DELETE", path: "/api/session" }),
		createGuest: (guest: GuestRequest, signal: AbortSignal) =>
			http<{ user: User }>({
				method: "POST",
				path: "/api/session/guest",
				body: guest,
				signal,
				expects: ["user"],
			}),
		/** The guest of this session becomes an account. */
		register: (email: string, password: string) =>
			post<{ user: User }>("/api/session/register", { email, password }, ["user"]),
		recoveryCode: () =>
			post<RecoveryCode>("/api/session/recovery-code", {}, ["code", "url", "expiresAt"]),
		/** `recoveryKey` makes it repeatable: a lost answer does not cost the code. */
		recover: (code: string, recoveryKey: string) =>
			post<{ user: User }>("/api/session/recover", { code, recoveryKey }, ["user"]),
	};
}

/** What was filled in and not sent, for the person's other devices. */
function draftEndpoints(http: Http, get: Get) {
	const path = (therapistId: string) => `/api/drafts/${id(therapistId)}`;
	return {
		draft: (therapistId: string) => get<Draft>(path(therapistId), ["version", "draft"]),
		saveDraft: (therapistId: string, baseVersion: number, draft: DraftFields) =>
			http<{ version: number }>({
				method: "PUT",
				path: path(therapistId),
				body: { baseVersion, draft },
				expects: ["version"],
			}),
		removeDraft: (therapistId: string, baseVersion: number) =>
			http<{ version: number }>({
				method: "DELETE",
				path: path(therapistId),
				query: { baseVersion },
				expects: ["version"],
			}),
	};
}
