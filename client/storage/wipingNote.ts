/** Whose things are still to be removed from the database: a tab may die, or the database be slow, when they should go. */
import { wipingKey } from "./keys";
import { readJson, removeKey, writeJson } from "./local";
import type { Owner } from "./owner";
import { tellWipingBy } from "./wipingAsked";

export const ownersToWipe = (): Owner[] =>
	(readJson(wipingKey, Array.isArray) ?? []).filter(
		(owner): owner is Owner => typeof owner === "string",
	);

/** Beside those whose things could not be removed so far. */
export function noteWiping(owners: readonly Owner[]): void {
	writeJson(wipingKey, [...new Set([...ownersToWipe(), ...owners])]);
}

export function noteWiped(): void {
	removeKey(wipingKey);
}

tellWipingBy({ ownersToWipe, noteWiped });
