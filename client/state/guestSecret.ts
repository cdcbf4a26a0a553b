import { randomId } from "../net/ids";
import { isFields } from "../storage/decode";
import { guestKeyKey } from "../storage/keys";
import { readJson, writeJson } from "../storage/local";
import type { GuestToMake } from "../storage/outboxDatabase";

interface GuestSecret {
	guestKey: string;
	/** The name the key was first sent with: the server ties the two together. */
	displayName: string;
}

const KEY_BYTES = 32;

/** The guest of this name that this device makes: the same one until the server has answered. */
export function guestToMake(displayName: string): GuestToMake {
	const kept = readJson(guestKeyKey, isSecret);
	const isSame = kept?.displayName === displayName;
	const secret = isSame ? kept : { guestKey: randomId(KEY_BYTES), displayName };
	writeJson(guestKeyKey, secret);
	const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
	return { ...secret, locale: document.documentElement.lang || locale, timezone: timeZone };
}

/** The same, for the worker; null where it would take the place of one that may have been asked for. */
export function guestToCopy(displayName: string): GuestToMake | null {
	const kept = readJson(guestKeyKey, isSecret);
	return kept && kept.displayName !== displayName ? null : guestToMake(displayName);
}

function isSecret(value: unknown): value is GuestSecret {
	return (
		isFields(value) && typeof value.guestKey === "string" && typeof value.displayName === "string"
	);
}
