/** A contact filter for tests of screens: it knows one number, and what completes it. */
import { afterEach, vi } from "vitest";
import { settle } from "./screen";

export const NUMBER = "0812 3456 7890";

function check(text: string, recent: readonly string[] = []) {
	const at = [...text].join("").indexOf(NUMBER);
	if (at >= 0) return { blocked: true, code: "PHONE", spans: [[at, at + NUMBER.length]] };
	const isSplit = text === "7890" && recent.join(" ") === "0812 3456";
	return isSplit
		? { blocked: true, code: "SPLIT", spans: [[0, 4]] }
		: { blocked: false, code: null, spans: [] };
}

/** The page is to have this filter, or none that it could fetch. Call it before the page is loaded. */
export function putMirror(isReachable: boolean): void {
	vi.doMock("../../contact-guard", () => {
		if (!isReachable) throw new Error("not reachable");
		return { check, prepare: () => false, rehearsal: ["rehearsed"] };
	});
}

/** Lets it be fetched, and what is written be looked at. */
export async function mirrored(): Promise<void> {
	await settle();
	await vi.dynamicImportSettled();
	await settle(1_000);
}

afterEach(() => {
	vi.doUnmock("../../contact-guard");
});
