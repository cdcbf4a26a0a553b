import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The draft store as one file that a page can run. */
export default defineConfig({
	publicDir: false,
	logLevel: "error",
	build: {
		outDir: here("../../.stamps/draft_store"),
		target: "es2022",
		minify: true,
		rollupOptions: {
			input: here("store.ts"),
			output: { entryFileNames: "store.js", format: "iife" },
		},
	},
});
