/** A server in memory, behind `fetch`: enough of docs/protocol.md to attack the client with lost answers and worse. */
import type { Booking, BookingRequest, Conversation, Message, User } from "../types";
import { ayu, booking, budi, conversation, message, ROOM } from "./samples";

export interface Asked {
	method: string;
	path: string;
	key: string | null;
	/** For whom it is asked, where the page said so. */
	person: string | null;
	body: Record<string, unknown>;
}

type Reply = Response | "lost" | "down" | "hangs";
/** What happens to a request: `lost` = the server acts and its answer does not arrive; null = all goes well. */
export type Fate = Reply | null;

/** A Response whose body is there at once: reading a real one takes time that no test clock moves. */
function reply(body: unknown, status: number, headers: Record<string, string>): Response {
	const response = new Response(null, { status, headers });
	response.json = async () => body;
	return response;
}

/** An answer as the server gives it. */
export const json = (body: unknown, status = 200) =>
	reply(body, status, { "Content-Type": "application/json" });

/** A refusal as the server writes it. */
export function refusal(
	status: number,
	code: string,
	more: object = {},
	retryAfter?: number,
): Response {
	const headers: Record<string, string> = { "Content-Type": "application/problem+json" };
	if (retryAfter !== undefined) headers["Retry-After"] = String(retryAfter);
	return reply({ code, status, errors: [], ...more }, status, headers);
}

export class FakeServer {
	user: User | null = null;
	bookings: Booking[] = [];
	messages: Message[] = [];
	guests = new Map<string, User>();
	asked: Asked[] = [];
	/** How the next bookings differ from a whole one: for answers with something missing. */
	change: Partial<Booking> = {};
	/** Decides over each request; a test replaces it. */
	fate: (asked: Asked) => Fate = () => null;
	private readonly orders = new Map<string, { content: string; booking: Booking }>();

	readonly fetch: typeof fetch = async (input, init) => {
		const asked = readAsked(String(input), init);
		this.asked.push(asked);
		const fate = this.fate(asked);
		if (fate === "down") throw new TypeError("failed to fetch");
		if (fate instanceof Response) return fate;
		if (fate === "hangs") return new Promise<Response>(() => {});
		const answer = this.answer(asked);
		if (fate === "lost") throw new TypeError("the answer was lost");
		return answer;
	};

	/** The requests to one address. */
	to(method: string, path: string | RegExp): Asked[] {
		return this.asked.filter(
			(asked) =>
				asked.method === method &&
				(typeof path === "string" ? asked.path === path : path.test(asked.path)),
		);
	}

	private answer(asked: Asked): Response {
		const { method, path, body } = asked;
		const isOthers = asked.person !== null && asked.person !== this.user?.id;
		if (path === "/api/session") {
			if (this.user && isOthers) return refusal(401, "sign_in_required");
			if (method === "DELETE") this.user = null;
			const cursor = this.user ? "c0" : "0";
			return method === "DELETE"
				? new Response(null, { status: 204 })
				: json({ user: this.user, serverTime: new Date().toISOString(), cursor });
		}
		if (path === "/api/session/guest") return this.guest(body);
		if (path === `/api/therapists/${ayu.id}`) return json(ayu);
		if (path.startsWith("/api/therapists")) return page([ayu]);
		if (!this.user || isOthers) return refusal(401, "sign_in_required");
		if (path === "/api/bookings" && method === "POST") return this.book(asked);
		if (path === "/api/bookings") return page(this.bookings);
		if (path === "/api/conversations") return page(this.bookings.length ? [this.room()] : []);
		if (path === `/api/conversations/${ROOM}`) return json(this.room());
		if (path === `/api/conversations/${ROOM}/messages`) return this.chat(method, body);
		if (path === `/api/conversations/${ROOM}/read`) return json(conversation());
		if (path === "/api/notifications") return page([]);
		if (path === "/api/events") return json({ events: [], cursor: "c0", reset: false });
		const found = this.bookings.find(({ bookingId }) => path === `/api/bookings/${bookingId}`);
		return found ? json(found) : refusal(404, "not_found");
	}

	private guest({ guestKey, displayName }: Record<string, unknown>): Response {
		const known = this.guests.get(String(guestKey));
		if (known && known.displayName !== displayName) return refusal(422, "guest_key_reused");
		const number = this.guests.size;
		const id = number === 0 ? budi.id : `${budi.id}-${number}`;
		this.user = known ?? { ...budi, id, displayName: String(displayName) };
		this.guests.set(String(guestKey), this.user);
		return json({ user: this.user }, known ? 200 : 201);
	}

	private book({ key, body }: Asked): Response {
		const order = body as unknown as BookingRequest;
		const content = JSON.stringify({ ...order, expectedPrice: null });
		const known = this.orders.get(`${this.user?.id} ${key}`);
		if (known && known.content !== content) return refusal(422, "idempotency_key_reused");
		if (known) return json({ booking: known.booking, conversation: conversation() });
		if (order.expectedPrice !== 175_000) {
			return refusal(409, "price_changed", { current: { price: 175_000 } });
		}
		const made = booking({
			bookingId: `b-${this.bookings.length + 1}`,
			...(order.scheduledTime && { scheduledTime: order.scheduledTime }),
			...this.change,
		});
		this.bookings.push(made);
		this.orders.set(`${this.user?.id} ${key}`, { content, booking: made });
		return json({ booking: made, conversation: conversation({ bookingId: "b-1" }) }, 201);
	}

	private room(): Conversation {
		const unread = this.messages.filter(({ senderRole }) => senderRole === "therapist");
		return conversation({ lastMessage: this.messages.at(-1) ?? null, unreadCount: unread.length });
	}

	private chat(method: string, body: Record<string, unknown>): Response {
		if (method === "GET") return page(this.messages);
		const clientId = String(body.clientId);
		const known = this.messages.find((sent) => sent.clientId === clientId);
		if (known) return json(known);
		const seq = this.messages.length + 1;
		const own = { senderRole: "customer", receiverRole: "therapist", senderName: "Budi" } as const;
		const sent = message(seq, { clientId, message: String(body.message), ...own });
		this.messages.push(sent);
		return json(sent, 201);
	}
}

const page = (items: readonly unknown[]) => json({ items, nextCursor: null, cursor: "c0" });

function readAsked(address: string, init: RequestInit | undefined): Asked {
	const path = address.split("?")[0] ?? "";
	const body = typeof init?.body === "string" ? init.body : "{}";
	return {
		method: init?.method ?? "GET",
		path,
		key: new Headers(init?.headers).get("Idempotency-Key"),
		person: new Headers(init?.headers).get("X-Person"),
		body: JSON.parse(body) as Record<string, unknown>,
	};
}
