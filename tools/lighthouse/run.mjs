/**
 * Reads `{chrome, pages: [{name, url, cookie}]}` from standard input and writes, for each page, Lighthouse's scores
 * (0 to 100), its main measures (ms, and the layout shift as it is) and the audits that cost points.
 */
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const MEASURES = [
	"first-contentful-paint",
	"largest-contentful-paint",
	"total-blocking-time",
	"cumulative-layout-shift",
	"speed-index",
];

const { chrome, pages } = JSON.parse(await text(process.stdin));
const results = [];
for (const { name, url, cookie } of pages) {
	// A browser of its own for each page: nothing of the one before is in any cache.
	const browser = await launch({
		chromePath: chrome,
		chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"],
	});
	const extraHeaders = cookie ? { Cookie: cookie } : {};
	const run = await lighthouse(url, { port: browser.port, extraHeaders, logLevel: "error" });
	browser.kill();
	results.push({ name, ...summaryOf(run.lhr) });
}
process.stdout.write(JSON.stringify(results));

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
