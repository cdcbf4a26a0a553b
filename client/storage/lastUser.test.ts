import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../net/types";
import { readLastUser, writeLastUser } from "./lastUser";

const budi: User = {
	id: "u-budi",
	role: "customer",
	displayName: "Budi",
	isGuest: true,
	locale: "en",
	timezone: "Asia/Makassar",
	therapistId: null,
	shareTyping: false,
	sharePresence: true,
};

beforeEach(() => localStorage.clear());

describe("who was signed in last", () => {
	it("is read as it was written, and gone with nobody", () => {
		writeLastUser(budi);
		expect(readLastUser()).toEqual(budi);
		writeLastUser(null);
		expect(readLastUser()).toBeNull();
	});

	it("is nobody without a whole id and role", () => {
		for (const stored of [
			7,
			[],
			{ ...budi, id: 7 },
			{ ...budi, id: "" },
			{ ...budi, role: "king" },
		]) {
			localStorage.setItem("tenang.user", JSON.stringify(stored));
			expect(readLastUser()).toBeNull();
		}
	});

	it("is repaired where only the rest is damaged", () => {
		localStorage.setItem(
			"tenang.user",
			JSON.stringify({
				id: "u-1",
				role: "customer",
				displayName: {},
				isGuest: "yes",
				therapistId: 3,
			}),
		);
		expect(readLastUser()).toEqual({
			id: "u-1",
			role: "customer",
			displayName: "",
			isGuest: false,
			locale: "",
			timezone: "",
			therapistId: null,
			shareTyping: true,
			sharePresence: true,
		});
	});
});
