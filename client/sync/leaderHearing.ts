import type { Carrier } from "./carrier";
import type { TabMessage } from "./channel";
import type { LeaderParts } from "./leaderParts";

interface Hearing {
	parts: LeaderParts;
	carrier: Carrier;
	isCarrying(): boolean;
	hasSession(): boolean;
}

/** What a tab does with a word of another that is not about who leads: with what was brought, and with what is asked. */
export function takeWord(message: TabMessage, { parts, carrier, ...tab }: Hearing): void {
	const { stream } = parts;
	switch (message.type) {
		case "batch":
			if (tab.hasSession()) stream.overhear(message.batch);
			break;
		case "head":
			if (tab.hasSession() && !tab.isCarrying()) stream.noticeHead(message.head);
			break;
		case "status":
			parts.therapistStatus(message.frame);
			break;
		case "frame":
			if (!tab.isCarrying()) parts.ephemeral(message.frame);
			break;
		case "typing":
			if (tab.isCarrying()) {
				carrier.tell({ type: "typing", conversationId: message.conversationId });
			}
			break;
		case "wake":
			if (tab.isCarrying()) carrier.wake();
			break;
		case "outdated":
			parts.outdated();
			break;
	}
}
