import { t } from "../../i18n/front";
import { LinkButton } from "../../ui/Button";
import { EmptyState } from "../../ui/Place";
import { usePageTitle } from "./usePageTitle";

/** For an address that leads nowhere. */
export function NotFoundPage() {
	usePageTitle(t("app.notFound"));
	const action = (
		<LinkButton look="primary" href="/">
			{t("provider.all")}
		</LinkButton>
	);
	return (
		<EmptyState icon="search" level={1} title={t("app.notFound")} actions={action}>
			<p>{t("app.notFoundText")}</p>
		</EmptyState>
	);
}
