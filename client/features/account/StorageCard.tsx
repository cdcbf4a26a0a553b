import { locale, t } from "../../i18n";
import { Banner } from "../../ui/Banner";
import { useStorageHealth } from "../status/useStorageHealth";

/** Whether this device keeps what is written, in words (R32). */
export function StorageCard() {
	const { operational, draftExists, bytesUsed } = useStorageHealth();
	return (
		<section class="section" aria-labelledby="storage-title">
			<h2 id="storage-title">{t("storage.title")}</h2>
			{operational ? (
				<p class="muted small">{t("storage.ok")}</p>
			) : (
				<Banner tone="warn">{t("storage.bad")}</Banner>
			)}
			<p class="muted small">
				{t(draftExists ? "storage.draft" : "storage.noDraft")}{" "}
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
