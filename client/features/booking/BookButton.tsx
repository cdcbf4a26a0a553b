import type { ComponentProps } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../i18n/front";
import { mayBook } from "../../state/rights";
import { Button } from "../../ui/Button";
import { notify } from "../status/notices";
import { fetchStart, preloadBooking } from "./parts";

interface BookButtonProps extends Omit<ComponentProps<typeof Button>, "onClick" | "busy"> {
	therapistId: string;
	/** The service that is chosen in the form at once. */
	serviceId?: string;
}

/** Opens the booking window; nothing for those whom the server lets book nothing. */
export function BookButton({ therapistId, serviceId, ...button }: BookButtonProps) {
	const [isFetching, setFetching] = useState(false);
	if (!mayBook.value) return null;
	const book = async () => {
		setFetching(true);
		try {
			const startBooking = await fetchStart();
			startBooking(therapistId, serviceId);
		} catch {
			notify({ icon: "unlinked", text: t("app.partBroken") });
		}
		setFetching(false);
	};
	return (
		<Button
			{...button}
			busy={isFetching}
			onPointerDown={preloadBooking}
			onFocus={preloadBooking}
			onClick={() => void book()}
		/>
	);
}
