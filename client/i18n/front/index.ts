/** For what is shown first, before any other words are there than its own. */
import { type FrontKey, type Params, t as text } from "../words";

export { decimal, money, time } from "../formats";
export { firstKnown, type Locale, locale, localeFrom } from "../locale";
export { type FrontKey, loadAllWords, setLocale } from "../words";

/** The text of one of the first keys; see ../words.ts. */
export const t: (key: FrontKey, params?: Params) => string = text;
