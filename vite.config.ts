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
const PERSONAL = "client/state/personal.ts";

interface Build {
	getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/**
 * Whether `module` is what `part` is made of: what it imports statically, and so on. What is always fetched together
 * is in one file: left alone, the bundler makes one of each set of modules that some part shares with another.
 */
function isPartOf(part: string, module: string, build: Build): boolean {
	const seen = new Set<string>();
	const waiting = [resolve(part)];
	for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
		if (seen.has(id)) continue;
		seen.add(id);
		waiting.push(...(build.getModuleInfo(id)?.importedIds ?? []));
	}
	return seen.has(module);
}

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
					groups: [
						{ name: (id, build) => (isPartOf(ENTRY, id, build) ? "first" : null) },
						{ name: (id, build) => (isPartOf(PERSONAL, id, build) ? "personal" : null) },
					],
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
