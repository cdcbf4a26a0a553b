/** What the person lets others notice. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { done, type Result } from "../net/problem";
import type { Preferences } from "../net/types";
import { api } from "./engine";
import { amend, owner, user } from "./session";

export type Sharing = Required<Preferences>;

/** What was chosen and is not confirmed yet. */
const wanted = signal<Preferences>({});
let saving: Promise<unknown> = Promise.resolve();

/** As chosen on this device, at once; null while nobody is signed in. */
export const sharing: ReadonlySignal<Sharing | null> = computed(() => {
	if (!user.value) return null;
	const { shareTyping, sharePresence } = user.value;
	return { shareTyping, sharePresence, ...wanted.value };
});

/** Saves a choice, the choices one after the other. When it fails, what the server has is shown again. */
export function share(change: Preferences): Promise<Result<null>> {
	wanted.value = { ...wanted.peek(), ...change };
	const saved = saving.then(() => save(change));
	saving = saved;
	return saved;
}

async function save(change: Preferences): Promise<Result<null>> {
	const result = await api.setPreferences(change);
	if (result.ok) amend(result.value.user);
	// What was chosen since has its own saving.
	const rest = Object.entries(wanted.peek()).filter(
		([name, value]) => change[name as keyof Preferences] !== value,
	);
	wanted.value = Object.fromEntries(rest);
	return result.ok ? done(null) : result;
}

owner.subscribe(() => {
	wanted.value = {};
});
