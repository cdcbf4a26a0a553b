import "./styles/tokens.css";
import "./styles/base.css";
import { render } from "preact";
import { App } from "./app";
import { showFirstLanguage } from "./features/shell/language";
import { applyTheme } from "./features/shell/theme";
import { startApp } from "./state/start";

applyTheme();
startApp();
const root = document.getElementById("app");
if (root) void showFirstLanguage().then(() => render(<App />, root));
