import { attemptRepeatedly, SUBMIT_DELAYS } from "../net/attempts";
import type { Result } from "../net/problem";
import type { Notification } from "../net/types";
import { api, timing } from "./engine";
import { facts } from "./facts";
import { learn } from "./live";
import { stableList } from "./stable";

/** What the person was told and has not acknowledged on any device, most urgent first, then newest. */
export const notifications = stableList<Notification>(() =>
	[...facts.value.notifications.values()]
		.filter(({ acknowledgedAt }) => acknowledgedAt === null)
		.sort(
			(one, other) =>
				other.level - one.level || Date.parse(other.createdAt) - Date.parse(one.createdAt),
		),
);

/** Acknowledges on this device for all of them. */
export async function acknowledge(notificationId: string): Promise<Result<Notification>> {
	const { result } = await attemptRepeatedly(timing, SUBMIT_DELAYS, () =>
		api.acknowledge(notificationId),
	);
	if (result.ok) learn({ type: "notification", data: result.value });
	return result;
}
