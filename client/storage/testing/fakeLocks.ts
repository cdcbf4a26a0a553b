/** The Web Locks of one browser: one holder at a time for each name, and a page that dies lets go of all it holds. */
type Act = () => Promise<unknown> | unknown;

interface Request {
	page: object;
	grant: () => void;
}

export class FakeLocks {
	private readonly queues = new Map<string, Request[]>();
	private readonly dead = new WeakSet<object>();

	/** `navigator.locks` of one page. */
	ofPage(page: object): LockManager {
		const request = (name: string, second: LockOptions | Act, third?: Act) => {
			const act = (third ?? second) as Act;
			const { signal } = third ? (second as LockOptions) : {};
			return this.request(page, name, act, signal);
		};
		return { request, query: async () => ({}) } as unknown as LockManager;
	}

	/** The page is gone. */
	release(page: object): void {
		this.dead.add(page);
		for (const [name, queue] of this.queues) {
			const isHolder = queue[0]?.page === page;
			const rest = queue.filter((request) => request.page !== page);
			this.queues.set(name, rest);
			if (isHolder) rest[0]?.grant();
		}
	}

	/** The names that are held now. */
	held(): string[] {
		return [...this.queues].filter(([, queue]) => queue.length > 0).map(([name]) => name);
	}

	private request(page: object, name: string, act: Act, signal?: AbortSignal): Promise<unknown> {
		return new Promise((resolve, reject) => {
			const queue = this.queues.get(name) ?? [];
			const request: Request = {
				page,
				grant: () => {
					const end = () => this.leave(name, request);
					Promise.resolve().then(act).then(resolve, reject).finally(end);
				},
			};
			if (this.dead.has(page)) return;
			signal?.addEventListener(
				"abort",
				() => {
					if (this.queues.get(name)?.[0] === request) return;
					this.leave(name, request);
					reject(new DOMException("aborted", "AbortError"));
				},
				{ once: true },
			);
			this.queues.set(name, [...queue, request]);
			if (queue.length === 0) request.grant();
		});
	}

	private leave(name: string, request: Request): void {
		const queue = this.queues.get(name) ?? [];
		const wasHolder = queue[0] === request;
		const rest = queue.filter((other) => other !== request);
		this.queues.set(name, rest);
		if (wasHolder) rest[0]?.grant();
	}
}
