import type { ClientFrame, ServerFrame } from "../frames";
import type { RawSocket } from "../socket";

/** A socket that a test opens, feeds and cuts by hand. Until it is told to, it does what a black hole does: nothing. */
export class FakeSocket {
	static all: FakeSocket[] = [];
	static get last(): FakeSocket {
		const last = FakeSocket.all.at(-1);
		if (!last) throw new Error("no socket was opened");
		return last;
	}

	onopen: (() => void) | null = null;
	onmessage: ((event: { data: unknown }) => void) | null = null;
	onclose: ((event: { code: number; reason: string }) => void) | null = null;
	sent: ClientFrame[] = [];
	isClosed = false;

	constructor() {
		FakeSocket.all.push(this);
	}

	/** As the carrier takes it. */
	static open(): RawSocket {
		return new FakeSocket() as unknown as RawSocket;
	}

	send(text: string): void {
		this.sent.push(JSON.parse(text) as ClientFrame);
	}

	close(): void {
		this.isClosed = true;
	}

	frames<Type extends ClientFrame["type"]>(type: Type): Extract<ClientFrame, { type: Type }>[] {
		return this.sent.filter((frame) => frame.type === type) as Extract<
			ClientFrame,
			{ type: Type }
		>[];
	}

	accept(): void {
		this.onopen?.();
	}

	say(frame: ServerFrame): void {
		this.sayRaw(JSON.stringify(frame));
	}

	sayRaw(data: unknown): void {
		this.onmessage?.({ data });
	}

	/** Cursors of the tests are written `c7`, for one behind event 7. */
	welcome(cursor = "0", reset = false): void {
		this.accept();
		const seq = Number(/\d+/.exec(cursor)?.[0] ?? 0);
		const serverTime = new Date(Date.now()).toISOString();
		this.say({ type: "welcome", v: 1, cursor, seq, reset, serverTime });
	}

	/** Answers the newest ping. */
	pong(head = 0): void {
		const t = this.frames("ping").at(-1)?.t ?? 0;
		this.say({ type: "pong", t, head, serverTime: new Date(Date.now()).toISOString() });
	}

	cut(code = 1006, reason = ""): void {
		this.onclose?.({ code, reason });
	}
}
