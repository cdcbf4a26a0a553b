import { type Locale, locale, t } from "../../i18n";
import { RadioCards } from "../../ui/RadioCards";
import { chooseLanguage } from "../shell/language";
import { chooseTheme, type Theme, theme } from "../shell/theme";
import { notify } from "../status/notices";

/** Each language by its own name, as one looks for it. */
const LANGUAGES: readonly { value: Locale; label: string }[] = [
	{ value: "en", label: "English" },
	{ value: "id", label: "Bahasa Indonesia" },
];

const THEMES = [
	{ value: "auto", icon: "device" },
	{ value: "light", icon: "sun" },
	{ value: "dark", icon: "moon" },
] as const;

async function change(next: Locale): Promise<void> {
	if (!(await chooseLanguage(next))) notify({ text: t("app.pageBrokenText"), icon: "unlinked" });
}

/** Language and appearance; both hold on this device. */
export function Preferences() {
	return (
		<section class="section" aria-labelledby="preferences-title">
			<h2 id="preferences-title">{t("account.settings")}</h2>
			<RadioCards
				id="language"
				label={t("account.language")}
				arrange="row"
				value={locale.value}
				cards={LANGUAGES}
				onValue={(next: Locale) => void change(next)}
			/>
			<RadioCards
				id="theme"
				label={t("account.theme")}
				arrange="row"
				value={theme.value}
				cards={THEMES.map(({ value, icon }) => ({
					value,
					icon,
					label: t(`account.theme.${value}`),
				}))}
				onValue={(next: Theme) => chooseTheme(next)}
			/>
		</section>
	);
}
