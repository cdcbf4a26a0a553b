/** The BroadcastChannels of one browser: what one page tells, all others hear a moment later; the dead hear nothing. */
interface Ear {
	page: () => object;
	name: string;
	onmessage: ((event: { data: unknown }) => void) | null;
}

export class FakeChannels {
	private ears: Ear[] = [];

	/** The class as a page sees it; `page` is asked for when a channel is opened. */
	classFor(page: () => object): typeof BroadcastChannel {
		const add = (ear: Ear) => this.ears.push(ear);
		const tell = (from: Ear, data: unknown) => this.tell(from, data);
		return class implements Ear {
			onmessage: Ear["onmessage"] = null;
			readonly name: string;
			readonly page: () => object;
			constructor(name: string) {
				const mine = page();
				this.name = name;
				this.page = () => mine;
				add(this);
			}
			postMessage(data: unknown): void {
				tell(this, structuredClone(data));
			}
			close(): void {}
		} as unknown as typeof BroadcastChannel;
	}

	/** The page is gone. */
	release(page: object): void {
		this.ears = this.ears.filter((ear) => ear.page() !== page);
	}

	private tell(from: Ear, data: unknown): void {
		if (!this.ears.includes(from)) return;
		for (const ear of this.ears) {
			if (ear === from || ear.name !== from.name) continue;
			queueMicrotask(() => this.ears.includes(ear) && ear.onmessage?.({ data }));
		}
	}
}
