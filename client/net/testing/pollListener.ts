import { vi } from "vitest";

/** What hears of a poll in a test; the cursor it stands at is `c1`. */
export const on = {
	cursor: () => "c1",
	answered: vi.fn(),
	batch: vi.fn(),
	failed: vi.fn(),
	signedOut: vi.fn(),
};

/** As if nothing had been heard yet. */
export function hearAnew(): void {
	for (const spy of [on.answered, on.batch, on.failed, on.signedOut]) spy.mockClear();
}
