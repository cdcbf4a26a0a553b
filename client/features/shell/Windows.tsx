import { useLocation } from "preact-iso";
import { t } from "../../i18n/front";
import { personal } from "../../state/whenPersonal";
import type { ChatWindow } from "../../state/windows";
import { useMediaQuery } from "../../ui/useMediaQuery";
import { ChatBookingWindow } from "../booking/parts";
import { useWindowHistory } from "./useWindowHistory";

/** Where windows float instead of covering the screen; the same as in ui/window.css. */
export const FLOATING = "(min-width: 60rem) and (min-height: 34rem)";

/** So many windows stand side by side, as bars where there is no room for more. */
const MOST = 3;

/** A window as it is drawn: `isMinimised` also where there is no room for it beside the newer ones. */
export interface ShownWindows {
	modal: boolean;
	/** The newest last. */
	shown: readonly ChatWindow[];
}

/** The windows to show and whether they cover the screen: on a phone the front one alone, over the page it belongs to. */
export function useShownWindows(): ShownWindows {
	const floats = useMediaQuery(FLOATING);
	const hasRoomForTwo = useMediaQuery("(min-width: 96rem)");
	const hasRoomForThree = useMediaQuery("(min-width: 120rem)");
	const windows = personal.value?.windows.value ?? [];
	const { path } = useLocation();
	if (!floats) {
		const open = windows.filter(({ isMinimised, over }) => !isMinimised && (over ?? path) === path);
		return { modal: true, shown: open.slice(-1) };
	}
	let room = hasRoomForThree ? 3 : hasRoomForTwo ? 2 : 1;
	const newestFirst = windows.slice(-MOST).reverse();
	const drawn = newestFirst.map((window) => {
		if (!window.isMinimised) room -= 1;
		return room < 0 ? { ...window, isMinimised: true } : window;
	});
	return { modal: false, shown: drawn.reverse() };
}

/** The open windows, the newest at the corner. */
export function Windows({ modal, shown }: ShownWindows) {
	const front = shown.at(-1);
	useWindowHistory(modal, front?.id ?? null);
	if (shown.length === 0) return null;
	return (
		<section class="windows" aria-label={t("window.list")}>
			{[...shown].reverse().map((window) => (
				<ChatBookingWindow key={window.id} window={window} modal={modal} />
			))}
		</section>
	);
}
