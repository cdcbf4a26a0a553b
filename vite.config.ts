import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
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

export default defineConfig({
	base: "/static/dist/",
	publicDir: false,
	build: {
		outDir: "static/dist",
		emptyOutDir: true,
		manifest: true,
		target: "es2022",
		modulePreload: { polyfill: false },
		rollupOptions: { input: "client/main.tsx" },
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
