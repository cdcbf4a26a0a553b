import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { done, failed, problem, type Result } from "../net/problem";
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

/** Moves the switch: at once on the screen, and back if the server does not take it. */
export async function setOwnStatus(status: TherapistStatus): Promise<Result<TherapistStatus>> {
	if (wanted.peek() !== null) return failed(problem("busy"));
	wanted.value = status;
	const result = await api.setStatus(status);
	if (result.ok) learnTherapist(result.value);
	wanted.value = null;
	return result.ok ? done(result.value.status) : result;
}
