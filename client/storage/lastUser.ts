import type { User } from "../net/types";
import { isFields, oneOf, text, textOrNull } from "./decode";
import { lastUserKey } from "./keys";
import { readJson, removeKey, writeJson } from "./local";

/** Who was signed in on this device last, or null. Without an id or a role there is nobody to go on as. */
export function readLastUser(): User | null {
	const stored = readJson(lastUserKey, isFields);
	const id = textOrNull(stored?.id);
	const role = oneOf(stored?.role, ["customer", "therapist", "operator"]);
	if (!stored || !id || !role) return null;
	return {
		id,
		role,
		displayName: text(stored.displayName),
		isGuest: stored.isGuest === true,
		locale: text(stored.locale),
		timezone: text(stored.timezone),
		therapistId: textOrNull(stored.therapistId),
		// On unless turned off: what the server itself takes for granted.
		shareTyping: stored.shareTyping !== false,
		sharePresence: stored.sharePresence !== false,
	};
}

export function writeLastUser(user: User | null): void {
	if (user) writeJson(lastUserKey, user);
	else removeKey(lastUserKey);
}
