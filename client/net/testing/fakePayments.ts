/** Bank account and payment cards of a fake server: what it answers to the paths that are about them. */
import type { BankAccount, Message, PaymentCard } from "../types";
import { type Asked, type FakeServer, type Fate, json, refusal } from "./fakeServer";
import { message, ROOM } from "./samples";

export const NUMBER = "731099244821";
export const MASKED = "BCA •••• 4821";

export const account = (change: Partial<BankAccount> = {}): BankAccount => ({
	bank: "BCA",
	holder: "Ayu Lestari",
	masked: MASKED,
	updatedAt: "2026-03-10T04:00:00Z",
	...change,
});

export const paymentCard = (change: Partial<PaymentCard> = {}): PaymentCard => ({
	cardId: "m-1",
	bookingId: "b-1",
	bank: "BCA",
	holder: "Ayu Lestari",
	masked: MASKED,
	isOutdated: false,
	...change,
});

/** A message with a card on it, of the therapist. */
export const cardMessage = (seq: number, change: Partial<PaymentCard> = {}): Message =>
	message(seq, {
		message: MASKED,
		messageType: "payment_card",
		paymentCard: paymentCard({ cardId: `m-${seq}`, ...change }),
	});

export class FakePayments {
	account: BankAccount | null = account();
	/** Whether its filter refuses a holder who is a number. */
	refusesNames = true;
	/** How many answers to a card that was sent are lost on the way. */
	loses = 0;
	/** What is answered to a look at a card, if not its number. */
	refuses: (() => Response) | null = null;

	private readonly server: FakeServer;

	constructor(server: FakeServer) {
		this.server = server;
		server.fate = (asked) => this.answer(asked);
	}

	private answer({ method, path, body }: Asked): Fate {
		if (path === "/api/therapists/me/bank-account") return this.keep(method, body);
		if (path === `/api/conversations/${ROOM}/payment-card`) return this.send(String(body.clientId));
		const [, cardId] = /^\/api\/payment-cards\/(.+)\/reveal$/.exec(path) ?? [];
		if (!cardId) return null;
		const { bank, holder } = account();
		const shown = { cardId, bank, holder, number: NUMBER, isOutdated: false };
		return this.refuses?.() ?? json(shown);
	}

	private keep(method: string, { bank, holder, number }: Record<string, unknown>): Response {
		if (method === "PUT") {
			if (this.refusesNames && holder === "0812 3456 7890") {
				const errors = [{ field: "holder", code: "contact_blocked", message: "" }];
				return refusal(422, "contact_blocked", { errors });
			}
			const masked = `${bank} •••• ${String(number).slice(-4)}`;
			this.account = account({ bank: String(bank), holder: String(holder), masked });
		}
		if (method === "DELETE") this.account = null;
		return method === "DELETE"
			? new Response(null, { status: 204 })
			: json({ account: this.account });
	}

	private send(clientId: string): Fate {
		const { messages } = this.server;
		if (!this.account) return refusal(409, "no_bank_account");
		let sent = messages.find((known) => known.clientId === clientId);
		if (!sent) {
			sent = { ...cardMessage(messages.length + 1), clientId };
			messages.push(sent);
		}
		if (this.loses-- > 0) return "lost";
		return json(sent, 201);
	}
}
