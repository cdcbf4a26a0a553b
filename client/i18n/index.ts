/** For all that is fetched when it is needed, and waited for with all words; what is shown first has ./front. */
export { countdown, duration, money, time, timeRange, zoneName } from "./formats";
export { firstKnown, type Locale, locale, localeFrom } from "./locale";
export { loadAllWords, type Params, setLocale, type TextKey, t } from "./words";
