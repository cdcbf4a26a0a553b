/** `npm run --silent contact-guard < cases.jsonl`: a verdict a line, from the TypeScript as it stands. */
import { createInterface } from "node:readline";
import { runnerImport } from "vite";

const spans = process.argv.includes("--spans");
const { module } = await runnerImport(new URL("./cases.ts", import.meta.url).pathname, {
	configFile: false,
	logLevel: "error",
});
for await (const line of createInterface({ input: process.stdin })) {
	if (line.trim() === "") continue;
	const { id, blocked, code, ...where } = module.judged(JSON.parse(line));
	process.stdout.write(`${JSON.stringify({ id, blocked, code, ...(spans ? where : {}) })}\n`);
}
