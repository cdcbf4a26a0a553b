/**
 * Reads `{chrome, page: {name, url, cookie}}` from standard input and writes Lighthouse's scores of the page (0 to
 * 100), its main measures (ms, and the layout shift as it is) and the audits that cost points.
 */
import { constants, setPriority } from "node:os";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const MEASURES = [
	"first-contentful-paint",
	"largest-contentful-paint",
	"total-blocking-time",
	"cumulative-layout-shift",
	"speed-index",
];

const { chrome, page } = JSON.parse(await text(process.stdin));
// A browser of its own for each page: nothing of another is in any cache.
const browser = await launch({
	chromePath: chrome,
	chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"],
});
// Whoever looks on must not take the processor from the page: a phone has its own.
setPriority(constants.priority.PRIORITY_LOW);
const extraHeaders = page.cookie ? { Cookie: page.cookie } : {};
const run = await lighthouse(page.url, { port: browser.port, extraHeaders, logLevel: "error" });
browser.kill();
process.stdout.write(JSON.stringify({ name: page.name, ...summaryOf(run.lhr) }));

function summaryOf({ categories, audits }) {
	const all = Object.values(categories);
	const costly = all.flatMap(({ id, auditRefs }) =>
		auditRefs
			.filter((ref) => ref.weight > 0 && (audits[ref.id].score ?? 1) < 0.9)
			.map((ref) => `${id}: ${ref.id} ${audits[ref.id].displayValue ?? ""}`.trim()),
	);
	return {
		scores: Object.fromEntries(all.map(({ id, score }) => [id, Math.round(score * 100)])),
		measures: Object.fromEntries(MEASURES.map((id) => [id, audits[id].numericValue])),
		costly,
	};
}

async function text(stream) {
	let all = "";
	for await (const part of stream) all += part;
	return all;
}
