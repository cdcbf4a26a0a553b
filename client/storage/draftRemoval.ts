/**
 * Removes at the server what the person cleared here, also what was on its way there meanwhile: a save that may still
 * arrive is refused once there is a newer version, and one that has arrived is told by what it says.
 */
import { isFinal } from "../net/problem";
import { count, isFields } from "./decode";
import { fieldsFrom } from "./draftFields";
import { isSameDraft } from "./draftMerge";
import { forgetCleared, noteCleared, readCleared, readSent } from "./draftNotes";
import type { DraftNet } from "./draftParts";
import type { Owner } from "./owner";

/** So often a removal is sent anew because a save was faster. */
const MOST_ROUNDS = 3;

export interface RemovalParts {
	net: Pick<DraftNet, "removeDraft">;
	/** Whether `whose` is still the person at this device. */
	isHere(whose: Owner): boolean;
	/** The server has nothing any more, in `version`. */
	removed(therapistId: string, whose: Owner, version: number): void;
}

export const isCleared = (therapistId: string, whose: Owner): boolean =>
	readCleared(therapistId, whose) !== null;

export function createRemoval({ net, isHere, removed }: RemovalParts) {
	/** Whether nothing is left to remove. */
	return async function removeCleared(therapistId: string, whose: Owner): Promise<boolean> {
		for (let round = 0; round < MOST_ROUNDS && isCleared(therapistId, whose); round++) {
			const tried = readCleared(therapistId, whose) ?? 0;
			const answer = await net.removeDraft(therapistId, tried);
			if (!isHere(whose) || !(answer.ok || isFinal(answer.error))) return false;
			if (!answer.ok && isOurs(therapistId, whose, tried, answer.error.current)) continue;
			forgetCleared(therapistId, whose);
			if (answer.ok) removed(therapistId, whose, answer.value.version);
		}
		return !isCleared(therapistId, whose);
	};
}

/** Whether what is there is what was cleared, in a version that was not known; it is noted. */
function isOurs(therapistId: string, whose: Owner, tried: number, current: unknown): boolean {
	if (!isFields(current) || !isFields(current.draft)) return false;
	const [version, there] = [count(current.version), fieldsFrom(current.draft)];
	if (version <= tried) return false;
	// Another tab may have had the answer, and have noted the version.
	const isNoted = version <= (readCleared(therapistId, whose) ?? 0);
	const isSent = readSent(therapistId, whose).some(({ fields }) => isSameDraft(fields, there));
	if (isSent) noteCleared(therapistId, whose, version);
	return isSent || isNoted;
}
