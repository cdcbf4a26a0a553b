import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The engine as one file, as small as the client's build makes it. */
export default defineConfig({
	publicDir: false,
	logLevel: "error",
	build: {
		outDir: here("../../.stamps/engine"),
		target: "es2022",
		minify: true,
		rollupOptions: {
			input: here("engine.ts"),
			preserveEntrySignatures: "strict",
			output: { entryFileNames: "engine.js", format: "es" },
		},
	},
});
