/** The endpoints of bank accounts and payment cards; apart from the others, because few screens need them. */
import type { Http } from "./http";
import type { BankAccount, BankAccountRequest, RevealedCard } from "./types";

const ACCOUNT = "/api/therapists/me/bank-account";

export function createPaymentApi(http: Http) {
	return {
		bankAccount: () =>
			http<{ account: BankAccount | null }>({ method: "GET", path: ACCOUNT, expects: ["account"] }),
		saveBankAccount: (body: BankAccountRequest) =>
			http<{ account: BankAccount }>({ method: "PUT", path: ACCOUNT, body, expects: ["account"] }),
		removeBankAccount: () => http<unknown>({ method: "DELETE", path: ACCOUNT }),
		/** Each call that is answered is written down by the server. */
		revealCard: (cardId: string) =>
			http<RevealedCard>({
				method: "POST",
				path: `/api/payment-cards/${encodeURIComponent(cardId)}/reveal`,
				body: {},
				expects: ["number"],
			}),
	};
}
