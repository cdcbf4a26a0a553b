/** One case of the protocol of `npm run contact-guard`: the first message that would be refused decides. */
import { check, type Verdict } from "./index";

export interface Case {
	readonly id: string;
	readonly text?: string;
	readonly messages?: readonly string[];
}

export interface Answer {
	readonly id: string;
	readonly blocked: boolean;
	readonly code: string | null;
	readonly message: number | null;
	readonly spans: Verdict["spans"];
}

export function judged({ id, text, messages = [text ?? ""] }: Case): Answer {
	for (const [message, sent] of messages.entries()) {
		const { blocked, code, spans } = check(sent, messages.slice(0, message));
		if (blocked) return { id, blocked, code, message, spans };
	}
	return { id, blocked: false, code: null, message: null, spans: [] };
}
