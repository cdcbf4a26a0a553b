import { News } from "./News";
import { NotCancelledBanner } from "./NotCancelledBanner";
import { RequestBanner } from "./RequestBanner";
import { UnreadNews } from "./UnreadNews";
import { UnsentBanner } from "./UnsentBanner";

/** What a person is told on every page, but for the one at `path` that says it itself. */
export function PersonalNotices({ path }: { path: string }) {
	return (
		<>
			<UnreadNews />
			<News />
			{path !== "/bookings" && path !== "/therapist" && <NotCancelledBanner />}
			{path !== "/bookings" && <UnsentBanner />}
			{path !== "/therapist" && <RequestBanner />}
		</>
	);
}
