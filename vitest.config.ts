import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
	plugins: [preact()],
	test: {
		environment: "happy-dom",
		include: ["{client,tests}/**/*.test.{ts,tsx}"],
		restoreMocks: true,
		unstubGlobals: true,
	},
});
