import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { done, type Result } from "../net/problem";
import type { Therapist, TherapistStatus } from "../net/types";
import { learnTherapist, loadTherapist, therapistById } from "./directory";
import { api } from "./engine";
import { user } from "./session";
import type { Loadable } from "./types";

/** The status being asked for; shown at once, taken back if the server refuses. */
const wanted = signal<TherapistStatus | null>(null);

/** The id under which the signed-in therapist is listed; null for everyone else. */
export const ownTherapistId: ReadonlySignal<string | null> = computed(
	() => user.value?.therapistId ?? null,
);

/** The signed-in therapist as customers see her. */
export const ownTherapist: ReadonlySignal<Loadable<Therapist>> = computed(() =>
	ownTherapistId.value ? therapistById(ownTherapistId.value).value : { status: "loading" },
);

/** Her availability switch; null until it is known. */
export const ownStatus: ReadonlySignal<TherapistStatus | null> = computed(
	() => wanted.value ?? ownTherapist.value.value?.status ?? null,
);

/** Whether the switch is on its way to the server. */
export const isStatusChanging: ReadonlySignal<boolean> = computed(() => wanted.value !== null);

/** Fetches the signed-in therapist's own row. */
export async function loadOwnTherapist(): Promise<void> {
	const therapistId = ownTherapistId.peek();
	if (therapistId) await loadTherapist(therapistId);
}

let taps = 0;
let underWay: Promise<unknown> = Promise.resolve();

/**
 * Moves the switch: at once on the screen, and back if the server does not take it. One after the other; of several
 * quick taps the last one counts, and those that it overtook are not sent.
 */
export async function setOwnStatus(status: TherapistStatus): Promise<Result<TherapistStatus>> {
	const tap = ++taps;
	wanted.value = status;
	const turn = underWay.then(() => (tap === taps ? api.setStatus(status) : null));
	underWay = turn;
	const result = await turn;
	if (result === null) return done(status);
	if (result.ok) learnTherapist(result.value);
	if (tap === taps) wanted.value = null;
	return result.ok ? done(result.value.status) : result;
}
