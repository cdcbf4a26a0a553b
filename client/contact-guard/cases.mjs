/** `npm run --silent contact-guard < cases.jsonl`: a verdict a line, from the TypeScript as it stands. */
import { createInterface } from "node:readline";
import { runnerImport } from "vite";

const folder = new URL(".", import.meta.url).pathname;
const load = (name) =>
	runnerImport(`${folder}${name}`, { configFile: false, logLevel: "error" }).then(
		({ module }) => module,
	);

if (process.argv.includes("--time")) await time();
else await judge(process.argv.includes("--spans"));

async function judge(spans) {
	const { judged } = await load("cases.ts");
	for await (const line of createInterface({ input: process.stdin })) {
		if (line.trim() === "") continue;
		const { id, blocked, code, ...where } = judged(JSON.parse(line));
		process.stdout.write(`${JSON.stringify({ id, blocked, code, ...(spans ? where : {}) })}\n`);
	}
}

/** The milliseconds of a core that each message takes behind ten others, three times round. */
async function time() {
	const { check } = await load("index.ts");
	let input = "";
	for await (const piece of process.stdin) input += piece;
	const messages = JSON.parse(input);
	const rounds = [];
	for (const turn of ["aq", "bq", "cq"]) {
		const times = [];
		for (let place = 10; place < messages.length; place++) {
			const recent = messages.slice(place - 10, place);
			for (const earlier of recent) check(earlier);
			const began = process.cpuUsage();
			check(`${messages[place]} ${turn}`, recent);
			const { user, system } = process.cpuUsage(began);
			times.push((user + system) / 1000);
		}
		rounds.push(times);
	}
	process.stdout.write(JSON.stringify(rounds));
}
