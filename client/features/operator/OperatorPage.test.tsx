import { act, fireEvent, render, screen, within } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Role } from "../../state/types";
import { answer, freshScreen, refuse, type Screen, settle } from "../testing/screen";

const AT = "2027-01-13T02:00:00Z";
const APPEAL = {
	id: "a-1",
	status: "open",
	kind: "message",
	code: "PHONE",
	text: "ask for 0812 at the desk",
	recent: [] as string[],
	spans: [[8, 12]],
	redacted: "ask for • at the desk",
	userId: "u-2",
	displayName: "Budi",
	role: "customer",
	conversationId: "c-1",
	customerName: "Budi Santoso",
	therapistName: "Ayu",
	reason: null,
	createdAt: AT,
	judgedAt: null,
	usedAt: null,
};
const BUDI = {
	userId: "u-2",
	displayName: "Budi",
	role: "customer",
	isGuest: false,
	refusals: 1,
	tries: 3,
	lastAt: AT,
};
const REFUSAL = {
	id: "r-1",
	userId: "u-2",
	displayName: "Budi",
	conversationId: "c-1",
	kind: "message",
	code: "PHONE",
	redacted: "ask for • at the desk",
	engineVersion: "1",
	rulesVersion: "2",
	enforced: true,
	sparedBy: null,
	tries: 3,
	createdAt: AT,
	lastAt: AT,
};

const REVEAL = {
	cardId: "m-7",
	bookingId: "b-1",
	bank: "BCA",
	viewerId: "u-2",
	viewerName: "Budi",
	therapistName: "Ayu",
	at: AT,
};

let appeals: object[];
let judged: (path: string, body: unknown) => Response;
let asked: string[];
let seam: Screen;

const page = (items: object[]) => answer({ items, nextCursor: null, cursor: "0" });

function serve({ method, path, body }: { method: string; path: string; body?: unknown }) {
	const [where = ""] = path.split("?");
	if (!where.startsWith("/api/operator/")) return null;
	asked.push(`${method} ${where}`);
	if (method === "POST") return judged(where, body);
	const name = where.slice("/api/operator/".length);
	if (name === "appeals") return page(appeals);
	if (name === "people-refused") return page([BUDI]);
	if (name === "refusals") return page([REFUSAL]);
	if (name === "audit") return page([]);
	if (name === "card-reveals") return page([REVEAL]);
	return answer({ version: null, enforcing: "2", newlyBlocked: [], newlyAllowed: [] });
}

async function open(role: Role = "operator") {
	seam = await freshScreen((server) => {
		server.user = {
			id: "u-1",
			displayName: "Nyoman",
			isGuest: false,
			locale: "en",
			shareTyping: true,
			sharePresence: true,
			role,
			timezone: "Asia/Makassar",
			therapistId: null,
		};
		server.fate = serve;
	});
	await settle();
	const { OperatorPage } = await import("./OperatorPage");
	render(
		<LocationProvider>
			<OperatorPage />
		</LocationProvider>,
	);
	await settle();
}

beforeEach(() => {
	appeals = [APPEAL];
	asked = [];
	judged = () => {
		appeals = [];
		return answer({ ...APPEAL, status: "allowed", text: null });
	};
});

const press = async (name: string) => {
	await act(async () => void fireEvent.click(screen.getByRole("button", { name })));
	await settle();
};

describe("the operator's page (R17, R42)", () => {
	it("shows who was shown whose account number (R18)", async () => {
		await open();
		const list = screen.getByRole("region", { name: "Account numbers shown" });
		expect(list.textContent).toContain("Budi looked at the account number of Ayu");
		expect(list.textContent).toContain("BCA");
		expect(asked).toContain("GET /api/operator/card-reveals");
	});

	it("shows each open appeal with who wrote it, to whom, and what offends marked", async () => {
		await open();
		const card = screen.getByRole("article", { name: "Budi, message" });
		expect(within(card).getByText("0812").tagName).toBe("MARK");
		expect(within(card).getByText("Budi Santoso and Ayu")).toBeTruthy();
	});

	it("shows what was written before where only together it was refused, oldest first", async () => {
		appeals = [
			{ ...APPEAL, code: "SPLIT", text: "56 7890", spans: [[0, 7]], recent: ["0812", "34"] },
		];
		await open();
		const before = screen.getByRole("list", { name: "Written before" });
		const texts = within(before).getAllByRole("listitem");
		expect(texts.map(({ textContent }) => textContent)).toEqual(["0812", "34"]);
	});

	it("allows one, says so, and takes the focus to the list", async () => {
		await open();
		await press("Allow once what Budi wrote");
		expect(asked).toContain("POST /api/operator/appeals/a-1/allow");
		expect(screen.queryByRole("article")).toBeNull();
		expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Appeals" }));
		const { notices } = await import("../status/notices");
		expect(notices.value.map(({ text }) => text)).toEqual([
			"Allowed. Budi is told and can send it once.",
		]);
	});

	it("rejects one with a reason, after a second look, and not when it is taken back", async () => {
		const bodies: unknown[] = [];
		judged = (_path, body) => {
			bodies.push(body);
			return answer({ ...APPEAL, status: "rejected", text: null });
		};
		await open();
		await press("Reject what Budi wrote");
		const form = screen.getByRole("form", { name: "Reject this appeal?" });
		fireEvent.keyDown(form, { key: "Escape" });
		await settle();
		expect(screen.queryByRole("form")).toBeNull();
		await press("Reject what Budi wrote");
		fireEvent.input(screen.getByRole("textbox"), { target: { value: " it is a number " } });
		await press("Reject it");
		expect(bodies).toEqual([{ reason: "it is a number" }]);
	});

	it("keeps a reason that was refused, and says why", async () => {
		judged = () => refuse(422, "contact_blocked");
		await open();
		await press("Reject what Budi wrote");
		fireEvent.input(screen.getByRole("textbox"), { target: { value: "0812 3456 7890" } });
		await press("Reject it");
		expect(screen.getByText(/must not quote contact details/)).toBeTruthy();
		expect((screen.getByRole("textbox") as HTMLInputElement).value).toBe("0812 3456 7890");
	});

	it("says that somebody else was quicker, and shows the list as it is", async () => {
		judged = () => {
			appeals = [];
			return refuse(409, "appeal_judged", { current: { ...APPEAL, status: "rejected" } });
		};
		await open();
		await press("Allow once what Budi wrote");
		expect(screen.queryByRole("article")).toBeNull();
		const { notices } = await import("../status/notices");
		expect(notices.value.at(-1)?.text).toMatch(/judged this appeal otherwise/);
	});

	it("opens what a person was refused", async () => {
		await open();
		await press("Show what Budi was refused");
		expect(screen.getByText("ask for • at the desk")).toBeTruthy();
		expect(screen.getByText(/3 tries/)).toBeTruthy();
	});

	it("looks again when it comes back into focus, once, and on the button", async () => {
		await open();
		const looks = () => asked.filter((one) => one === "GET /api/operator/appeals").length;
		const first = looks();
		await settle(3_000);
		fireEvent.focus(window);
		document.dispatchEvent(new Event("visibilitychange"));
		await settle();
		expect(looks()).toBe(first + 1);
		await press("Reload");
		expect(looks()).toBe(first + 2);
	});

	it("forgets what it showed when it is left", async () => {
		await open();
		const { cleanup } = await import("@testing-library/preact");
		const { oversight } = await import("../../state/oversight");
		expect(oversight.value.value).toBeDefined();
		cleanup();
		expect(oversight.value).toEqual({ status: "loading" });
	});

	it("keeps what it knows when the server cannot be reached", async () => {
		await open();
		seam.server.fate = ({ path }) => (path.startsWith("/api/operator/") ? "down" : null);
		await press("Reload");
		await vi.advanceTimersByTimeAsync(15_000);
		expect(screen.getByRole("article", { name: "Budi, message" })).toBeTruthy();
		expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
	});

	it.each(["customer", "therapist"] as const)("asks nothing for a %s", async (role) => {
		await open(role);
		expect(screen.getByRole("heading", { name: "This page is for the operator" })).toBeTruthy();
		expect(asked).toEqual([]);
	});
});
