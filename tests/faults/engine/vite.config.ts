import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** `--mode page`: the engine as one script for a page of the harness; `--mode run`: the harness itself, for Node. */
export default defineConfig(({ mode }) => ({
	publicDir: false,
	logLevel: "warn",
	define: mode === "page" ? { "import.meta.env.PROD": "false" } : {},
	build: {
		outDir: here("../../../.stamps/faults"),
		emptyOutDir: false,
		target: "es2022",
		minify: false,
		...(mode === "page"
			? {
					lib: {
						entry: here("page.ts"),
						formats: ["iife"],
						name: "engine",
						fileName: () => "page.js",
					},
				}
			: { ssr: here("run.ts"), rollupOptions: { output: { entryFileNames: "run.mjs" } } }),
	},
}));
