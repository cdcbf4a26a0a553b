/** Asks in a row without an answer: with the time since the last answer, at most 5 s. */
export const PATIENCE = 4;
/** So many asks in a row a leader that was silent must have answered before it is relied on: it may freeze again. */
const ANSWERS_TO_TRUST = 2;

/** How well the leader answers what a tab asks once a second. */
export interface Trust {
	/** Time to ask again: what was not answered by now is not any more. */
	turn(): void;
	/** A word of the leader was heeded. */
	heard(): void;
	/** The one that was stood in for answered. */
	answered(): void;
	/** Its answers are counted anew. */
	begin(): void;
	isSilent(): boolean;
	/** It is there to stay. */
	isBack(): boolean;
}

export function createTrust(): Trust {
	let unanswered = 0;
	/** The asks in a row that the leader answered, and whether it did the last one. */
	let answers = 0;
	let isAnswered = false;
	return {
		turn() {
			unanswered += 1;
			answers = isAnswered ? answers + 1 : 0;
			isAnswered = false;
		},
		heard() {
			unanswered = 0;
		},
		answered() {
			isAnswered = true;
		},
		begin() {
			answers = 0;
			isAnswered = false;
		},
		isSilent: () => unanswered >= PATIENCE,
		isBack: () => isAnswered && answers >= ANSWERS_TO_TRUST,
	};
}
