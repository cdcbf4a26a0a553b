import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
	plugins: [preact()],
	test: {
		environment: "happy-dom",
		include: ["{client,tests}/**/*.test.{ts,tsx}"],
		restoreMocks: true,
		unstubGlobals: true,
		// A walk of 20,000 steps takes a second, and several on a machine that is busy with other work.
		testTimeout: 30_000,
	},
});
