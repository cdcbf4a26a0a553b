import type { ComponentProps } from "preact";
import { mayBook } from "../../state/rights";
import { Button } from "../../ui/Button";
import { preloadBooking } from "./parts";
import { startBooking } from "./start";

interface BookButtonProps extends Omit<ComponentProps<typeof Button>, "onClick"> {
	therapistId: string;
	/** The service that is chosen in the form at once. */
	serviceId?: string;
}

/** Opens the booking window; nothing for those whom the server lets book nothing. */
export function BookButton({ therapistId, serviceId, ...button }: BookButtonProps) {
	if (!mayBook.value) return null;
	return (
		<Button
			{...button}
			onPointerDown={preloadBooking}
			onFocus={preloadBooking}
			onClick={() => startBooking(therapistId, serviceId)}
		/>
	);
}
