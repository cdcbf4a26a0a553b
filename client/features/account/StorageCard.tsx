import { locale, t } from "../../i18n";
import { unsentOnDevice } from "../../state/signOut";
import { Banner } from "../../ui/Banner";
import { useStorageHealth } from "../status/useStorageHealth";
import { unsentWhat } from "./unsentWhat";

/** Whether this device keeps what is written, and what of it is not at the server, in words (R32). */
export function StorageCard() {
	const { operational, draftExists, bytesUsed } = useStorageHealth();
	const unsent = unsentOnDevice();
	return (
		<section class="section" aria-labelledby="storage-title">
			<h2 id="storage-title">{t("storage.title")}</h2>
			{operational ? (
				<p class="muted small">{t("storage.ok")}</p>
			) : (
				<Banner tone="warn">{t("storage.bad")}</Banner>
			)}
			<p class="muted small">
				{unsent && t("storage.unsent", { what: unsentWhat(unsent) })}{" "}
				{draftExists && !unsent?.orders && t("storage.draft")}{" "}
				{!unsent && !draftExists && t("storage.nothing")}{" "}
				{t("storage.used", { size: kilobytes(bytesUsed) })}
			</p>
		</section>
	);
}

const kilobytes = (bytes: number) =>
	new Intl.NumberFormat(locale.value, {
		style: "unit",
		unit: "kilobyte",
		maximumFractionDigits: 1,
	}).format(bytes / 1024);
