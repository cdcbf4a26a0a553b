import "./styles/tokens.css";
import "./styles/base.css";
import { render } from "preact";
import { App } from "./app";
import { deviceZone, languageNames, money } from "./features/frontWords";
import { Crashed, CrashGuard } from "./features/shell/CrashGuard";
import { followLanguage, showFirstLanguage } from "./features/shell/language";
import { applyTheme } from "./features/shell/theme";
import { startApp } from "./state/start";

/** Whether the app runs; where it does not, a page that says so is better than none. */
function starts(): boolean {
	try {
		applyTheme();
		startApp();
		return true;
	} catch {
		return false;
	}
}

/** What takes a phone some 40 ms when it is first used; each by itself, while the network is waited for. */
const SLOW_AT_FIRST = [deviceZone, () => languageNames([]), () => money(0, "IDR")];

const root = document.getElementById("app");
const page = starts() ? (
	<CrashGuard>
		<App />
	</CrashGuard>
) : (
	<Crashed />
);
if (root) {
	void showFirstLanguage().then(() => {
		followLanguage();
		render(page, root);
		for (const make of SLOW_AT_FIRST) setTimeout(make);
	});
}
