import { t } from "../../i18n";
import { broken, reloadBroken } from "../../state/bookings";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";

/** R7: says of the bookings that no list can show that they are there, and loads them again. */
export function BrokenBookings() {
	const count = broken.value.length;
	if (count === 0) return null;
	return (
		<Banner
			tone="warn"
			live="polite"
			title={t("broken.listed", { count })}
			actions={
				<Button icon="refresh" onClick={reloadBroken}>
					{t("broken.reload")}
				</Button>
			}
		>
			{t("broken.listedText")}
		</Banner>
	);
}
