import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

/** What may touch no page: it has none in its tests, which saves each file a third of a second. */
const WITHOUT_A_PAGE = [
	"client/{contact-guard,net,sync}/**/*.test.ts",
	"tests/faults/**/*.test.ts",
];

export default defineConfig({
	plugins: [preact()],
	test: {
		// As many as CI has cores; by itself it leaves one of them to the person who watches.
		maxWorkers: 2,
		pool: "threads",
		restoreMocks: true,
		unstubGlobals: true,
		// A walk of 20,000 steps takes a second, and several on a machine that is busy with other work.
		testTimeout: 30_000,
		projects: [
			{
				extends: true,
				test: { name: "engine", environment: "node", include: WITHOUT_A_PAGE },
			},
			{
				extends: true,
				test: {
					name: "app",
					environment: "happy-dom",
					include: ["{client,tests}/**/*.test.{ts,tsx}"],
					exclude: WITHOUT_A_PAGE,
				},
			},
		],
	},
});
