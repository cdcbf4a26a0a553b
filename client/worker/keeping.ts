/** What the worker keeps besides the shell, for how long, and how an answer says that it was kept. */
import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute } from "workbox-routing";
import {
	CacheFirst,
	NetworkFirst,
	StaleWhileRevalidate,
	type Strategy,
	type StrategyOptions,
} from "workbox-strategies";
import { KEPT_SINCE } from "../net/http";
import { DIRECTORY, providerIn, providersIn } from "./directory";

const MOST_PICTURES = 80;
/** Bytes of one picture; what is larger is shown and not kept. */
const LARGEST_PICTURE = 256 * 1024;
const DAY_SECONDS = 24 * 60 * 60;
/** A network that says nothing for so long counts as none, in seconds. */
const PATIENCE = 4;
export const ANSWERS = "tenang-answers-1";
export const PICTURES = "tenang-pictures-1";
/** Kept caches by their name; whatever else lies there is of an older version. */
const OURS = new Set([ANSWERS, PICTURES]);

/**
 * Which reads are kept: those that are the same for everybody. What belongs to one person (bookings, chats, notices,
 * drafts, sessions, codes, bank data) is kept by the page under the person's own name, or not at all: a cache knows
 * addresses and no people. Events never.
 */
export function isKeptRead(url: URL): boolean {
	return /^\/api\/therapists(\/(?!me(\/|$))[^/]+)?$/.test(url.pathname);
}

/** The same answer, marked with when the server gave it; unmarked it would pass for a new one. */
export function marked(response: Response): Response {
	const headers = new Headers(response.headers);
	const given = Date.parse(headers.get("Date") ?? "");
	headers.set(KEPT_SINCE, new Date(Number.isNaN(given) ? 0 : given).toISOString());
	const { status, statusText } = response;
	return new Response(response.body, { status, statusText, headers });
}

/** Read past Workbox, which would look at the age itself. A time that cannot be told is too long ago. */
function isOutdated(response: Response): boolean {
	const given = Date.parse(response.headers.get("Date") ?? "");
	return !(Date.now() - given <= DAY_SECONDS * 1_000);
}

/** What keeps the worker awake: the page's types do not know a worker's events. */
type Waking = Extract<Parameters<Strategy["handleAll"]>[0], { event: unknown }>["event"];
type Plugin = NonNullable<StrategyOptions["plugins"]>[number];

/** Workbox declares what its own plugins may leave undefined as absent, which is the same to it and not to our types. */
const asPlugin = (expiry: ExpirationPlugin) => expiry as object as Plugin;

const answers = new ExpirationPlugin({ maxAgeSeconds: DAY_SECONDS, maxEntries: 60 });
const pictures = new ExpirationPlugin({
	maxAgeSeconds: 30 * DAY_SECONDS,
	maxEntries: MOST_PICTURES,
	purgeOnQuotaError: true,
});

const reads = new NetworkFirst({
	cacheName: ANSWERS,
	networkTimeoutSeconds: PATIENCE,
	plugins: [
		asPlugin(answers),
		{
			cachedResponseWillBeUsed: async ({ cachedResponse }) =>
				cachedResponse ? marked(cachedResponse) : null,
			// Her page was never opened on this device, but she stands in the list.
			handlerDidError: async ({ request }) => {
				const list = await caches.match(DIRECTORY, { cacheName: ANSWERS });
				if (!list || isOutdated(list)) return;
				return providerIn(marked(list), new URL(request.url).pathname);
			},
		},
	],
});

const small: Plugin = {
	async cacheWillUpdate({ response }) {
		if (response.status !== 200) return null;
		const { size } = await response.clone().blob();
		return size <= LARGEST_PICTURE ? response : null;
	},
};
const shelf: StrategyOptions = { cacheName: PICTURES, plugins: [small, asPlugin(pictures)] };
const versioned = new CacheFirst(shelf);
const unversioned = new StaleWhileRevalidate(shelf);

/** Whether another picture would have another address: `?v=` and what the picture hashes to. */
const isVersioned = ({ searchParams }: URL): boolean => searchParams.has("v");

/**
 * Answers of the server, network first, for a day; pictures, cache first, for a month, with or without a network. One
 * that may change under its address is asked for again behind the one that is shown.
 */
export function keepReads(): void {
	registerRoute(({ url, sameOrigin }) => sameOrigin && isKeptRead(url), reads);
	const isPicture = ({ sameOrigin, request }: { sameOrigin: boolean; request: Request }) =>
		sameOrigin && request.destination === "image";
	registerRoute((asked) => isPicture(asked) && isVersioned(asked.url), versioned);
	registerRoute(isPicture, unversioned);
}

/**
 * What the first visit fetched before there was a worker: the directory and its portraits. Done when they are kept;
 * what cannot be fetched now is left out, as the next visit brings it.
 */
export async function keepFirstVisit(event: Waking): Promise<void> {
	const list = await fetched(reads, event, DIRECTORY);
	if (!list) return;
	const portraits = (await providersIn(list)).flatMap(({ photoUrl }) => ownAddress(photoUrl));
	const fewer = portraits.slice(0, MOST_PICTURES);
	await Promise.all(
		fewer.map((address) =>
			fetched(isVersioned(new URL(address)) ? versioned : unversioned, event, address),
		),
	);
}

async function fetched(
	strategy: Strategy,
	event: Waking,
	address: string,
): Promise<Response | null> {
	try {
		const [answer, kept] = strategy.handleAll({ event, request: new Request(address) });
		const response = await answer;
		await kept;
		return response.ok ? response : null;
	} catch {
		return null;
	}
}

/** The address as a list of one, or of none where the picture lies elsewhere. */
function ownAddress(address: unknown): string[] {
	if (typeof address !== "string") return [];
	const url = new URL(address, self.location.origin);
	return url.origin === self.location.origin ? [url.href] : [];
}

/** Somebody signed out: whose directory and pictures these were is nobody's business. */
export async function forgetReads(): Promise<void> {
	await Promise.all([answers.deleteCacheAndMetadata(), pictures.deleteCacheAndMetadata()]);
}

/** Removes what older versions of this worker kept; the shell's cache is looked after by Workbox. */
export async function removeOldCaches(storage: CacheStorage): Promise<void> {
	const names = (await storage.keys()).filter(
		(name) => name.startsWith("tenang-") && !OURS.has(name),
	);
	await Promise.all(names.map((name) => storage.delete(name)));
}
