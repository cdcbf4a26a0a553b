import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/** The page that answers a navigation without a network; it names hashed assets, so it changes with them. */
const OFFLINE_SHELL = "/offline";
const SHELL_TEMPLATE = "templates/shell.html";

function shellRevision(assets: readonly { url: string }[]): string {
	const hash = createHash("sha256");
	for (const { url } of assets) hash.update(url);
	if (existsSync(SHELL_TEMPLATE)) hash.update(readFileSync(SHELL_TEMPLATE));
	return hash.digest("hex").slice(0, 16);
}

const ENTRY = "client/main.tsx";
const PERSONAL = [
	"client/state/personal.ts",
	"client/storage/outboxDatabase.ts",
	"client/storage/historyDatabase.ts",
	"client/storage/draftDatabase.ts",
	"client/storage/foundOrders.ts",
];
/** Screens that somebody sees who is nobody's customer yet. */
const OPEN = [
	"client/features/directory/TherapistPage.tsx",
	"client/features/install/InstallCard.tsx",
];
/** On whatever page a person is; and the page behind a customer's chat. Too small for files of their own. */
const BESIDE = [
	"client/features/status/PersonalNotices.tsx",
	"client/features/shell/ChatRoute.tsx",
	"client/features/booking/PutAway.tsx",
	"client/features/bookings/BookingsPage.tsx",
];
const PAGES = [
	"client/features/therapist/DeskPage.tsx",
	"client/features/account/AccountPage.tsx",
	"client/features/operator/OperatorPage.tsx",
];
const WINDOW = [
	"client/features/booking/BookingWindow.tsx",
	"client/features/booking/start.ts",
	"client/features/booking/prepare.ts",
	"client/state/draftSyncing.ts",
];

interface Build {
	getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** Whether `module` is what `parts` are made of: what they import statically, and so on. */
function isPartOf(parts: readonly string[], module: string, build: Build): boolean {
	const seen = new Set<string>();
	const waiting = parts.map((part) => resolve(part));
	for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
		if (seen.has(id)) continue;
		seen.add(id);
		waiting.push(...(build.getModuleInfo(id)?.importedIds ?? []));
	}
	return seen.has(module);
}

type Holds = (module: string, build: Build) => boolean;

const of =
	(...parts: readonly string[]): Holds =>
	(module, build) =>
		isPartOf(parts, module, build);

const screens = [WINDOW, ...PAGES.map((page) => [page])].map((parts) => of(...parts));

/** Of a person's page and of a stranger's: 2 KB, for which a file of its own is not worth a round trip. */
const isOpen: Holds = (module, build) =>
	of(...OPEN)(module, build) && screens.some((holds) => holds(module, build));

/** Of several screens of a person. */
const isShared: Holds = (module, build) =>
	of(...BESIDE)(module, build) || screens.filter((holds) => holds(module, build)).length > 1;

const file = (name: string, holds: Holds) => ({
	name: (module: string, build: Build) => (holds(module, build) ? name : null),
});

/**
 * What is always fetched together is one file, because on a phone each file costs a round trip beside its bytes: left
 * alone, the bundler makes one of each set of modules that some part shares with another. A module goes into the first.
 */
const FILES = [
	file("first", (module, build) => of(ENTRY)(module, build) || isOpen(module, build)),
	file("personal", of(...PERSONAL)),
	file("shared", isShared),
	file("window", of(...WINDOW)),
];

export default defineConfig({
	base: "/static/dist/",
	publicDir: false,
	build: {
		outDir: "static/dist",
		emptyOutDir: true,
		manifest: true,
		target: "es2022",
		modulePreload: { polyfill: false },
		rollupOptions: {
			input: ENTRY,
			output: {
				codeSplitting: {
					groups: FILES,
				},
			},
		},
	},
	plugins: [
		preact(),
		VitePWA({
			strategies: "injectManifest",
			srcDir: ".",
			filename: "service-worker.js",
			injectRegister: false,
			manifest: false,
			injectManifest: {
				globPatterns: ["assets/*.{js,css,woff2}"],
				rollupFormat: "iife",
				minify: true,
				modifyURLPrefix: { "assets/": "/static/dist/assets/" },
				dontCacheBustURLsMatching: /-[\w-]{8}\./,
				manifestTransforms: [
					(entries) => ({
						manifest: [
							...entries,
							{ url: OFFLINE_SHELL, revision: shellRevision(entries), size: 0 },
						],
					}),
				],
			},
		}),
	],
});
