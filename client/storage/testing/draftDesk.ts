/** A draft store with its clock, person, rules and server in the test's hand. */
import { vi } from "vitest";
import type { Result } from "../../net/problem";
import type { Booking, Message } from "../../net/types";
import type { DraftParts } from "../draftParts";
import { createDrafts } from "../drafts";
import { keysStarting, removeKey } from "../local";

export const AYU = "t-ayu";

/** Time that passes when the test says so; the wall clock can be set apart from it. */
export class FakeClock {
	wall = 1_000_000;
	private elapsed = 0;
	private due: { at: number; act: () => void }[] = [];

	readonly now = () => this.wall;
	readonly after = (delay: number, act: () => void) => {
		const timer = { at: this.elapsed + delay, act };
		this.due.push(timer);
		return () => {
			this.due = this.due.filter((one) => one !== timer);
		};
	};

	pass(ms: number): void {
		const end = this.elapsed + ms;
		for (;;) {
			const next = this.due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
			if (!next) break;
			this.due = this.due.filter((one) => one !== next);
			this.wall += next.at - this.elapsed;
			this.elapsed = next.at;
			next.act();
		}
		this.wall += end - this.elapsed;
		this.elapsed = end;
	}
}

export function emptyDevice(): void {
	vi.unstubAllGlobals();
	for (const key of keysStarting("")) removeKey(key);
}

/** One page of the device; several of them share the storage, as tabs do. */
export function openDesk(whose: string | null = "u-1", clock = new FakeClock()) {
	const desk = {
		clock,
		whose,
		last: { ok: true, value: null } as Result<Booking | null>,
		submitted: [] as [string, number][],
		kept: [] as Message[],
		cleared: [] as string[],
		discarded: [] as string[],
		reset: [] as string[],
	};
	const parts: DraftParts<string> = {
		clock,
		owner: () => desk.whose,
		check: (_therapist, { customerName }) =>
			customerName ? [] : [{ field: "customerName", code: "required" }],
		submit: async (therapistId, price) => {
			desk.submitted.push([therapistId, price]);
			return "booked";
		},
		discardOrder: (therapistId) => desk.discarded.push(therapistId),
		holdOrder() {},
		lastBooking: async () => desk.last,
		keepMessages: async (_owner, messages) => void desk.kept.push(...messages),
		resetWindow: (therapistId) => desk.reset.push(therapistId),
		cleared: (therapistId) => desk.cleared.push(therapistId),
	};
	return { ...desk, desk, drafts: createDrafts(parts) };
}
