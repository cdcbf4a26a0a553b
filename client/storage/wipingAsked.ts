/** What is to be removed from the database when it is opened. A page tells; the worker, without localStorage, cannot know. */
import type { Owner } from "./owner";

interface Asked {
	ownersToWipe(): Owner[];
	noteWiped(): void;
}

let asked: Asked = { ownersToWipe: () => [], noteWiped() {} };

export const wipingAsked = (): Asked => asked;

export function tellWipingBy(note: Asked): void {
	asked = note;
}
