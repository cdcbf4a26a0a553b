import { useEffect, useState } from "preact/hooks";
import { drafts } from "../../state/bookingForm";

export type StorageHealth = ReturnType<typeof drafts.getHealthStatus>;

/** Milliseconds: a phone gets full, or gets room again, while the page is open. */
const LOOK_AGAIN = 30_000;

/** How this device keeps what is written (R32), looked at again every half minute and with every save. */
export function useStorageHealth(therapistId?: string): StorageHealth {
	const [health, setHealth] = useState(() => drafts.getHealthStatus(therapistId));
	useEffect(() => {
		const look = () => setHealth(drafts.getHealthStatus(therapistId));
		look();
		const timer = setInterval(look, LOOK_AGAIN);
		return () => clearInterval(timer);
	}, [therapistId]);
	return health;
}
