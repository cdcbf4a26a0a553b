import { t } from "../../i18n";
import { money } from "../words";

interface PricePartsProps {
	/** All in minor units of `currency`. */
	servicePrice: number;
	travelFee: number;
	price: number;
	currency: string;
}

/** What the session costs, what the way costs, and both together. */
export function PriceParts({ servicePrice, travelFee, price, currency }: PricePartsProps) {
	return (
		<dl class="price-parts">
			<dt>{t("review.session")}</dt>
			<dd>{money(servicePrice, currency)}</dd>
			<dt>{t("review.travel")}</dt>
			<dd>{travelFee > 0 ? money(travelFee, currency) : "–"}</dd>
			<dt class="price-total">{t("review.total")}</dt>
			<dd class="price-total">{money(price, currency)}</dd>
		</dl>
	);
}
