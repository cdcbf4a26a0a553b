import { computed, type ReadonlySignal } from "@preact/signals";
import { user } from "./session";

/** Whether the person at this device can book: customers, and whoever is not known yet. */
export const mayBook: ReadonlySignal<boolean> = computed(
	() => user.value === null || user.value.role === "customer",
);
