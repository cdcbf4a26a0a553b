import { useEffect, useRef } from "preact/hooks";
import { LocationProvider, Route, Router, useLocation } from "preact-iso";
import { DirectoryPage } from "./features/directory/DirectoryPage";
import { Frame } from "./features/shell/Frame";
import { later } from "./features/shell/later";
import { NotFoundPage } from "./features/shell/NotFoundPage";
import {
	AccountPage,
	BookingsPage,
	DeskPage,
	OperatorPage,
	TherapistPage,
} from "./features/shell/pages";
import { useShownWindows, Windows } from "./features/shell/Windows";
import { ConnectionBanner } from "./features/status/ConnectionBanner";
import { notices } from "./features/status/notices";
import { UpdateBanner } from "./features/status/UpdateBanner";
import { t } from "./i18n/front";
import { personal } from "./state/whenPersonal";
import { Toasts } from "./ui/Toast";
import { useVisibleHeight } from "./ui/useVisibleHeight";

const ChatRoute = later(async () => (await import("./features/shell/ChatRoute")).ChatRoute);
const PutAway = later(async () => (await import("./features/booking/PutAway")).PutAway, "quiet");
const PersonalNotices = later(
	async () => (await import("./features/status/PersonalNotices")).PersonalNotices,
	"quiet",
);

/** The whole app: the frame with its page, the windows over it, the notices over both. */
export function App() {
	useVisibleHeight();
	return (
		<LocationProvider>
			<Layers />
		</LocationProvider>
	);
}

/** Whether the page is worked through while a chat is open; a chat's own address shows a list too. */
const isWorkedThrough = (path: string) =>
	/^\/(therapist|bookings|sign-in|operator|chat\/.*)$/.test(path);

function Layers() {
	const { modal, shown } = useShownWindows();
	const { path } = useLocation();
	const covered = modal && shown.length > 0;
	const hasWindow = shown.some(({ isMinimised }) => !isMinimised);
	const floats = !modal && hasWindow;
	return (
		<>
			<Frame
				covered={covered}
				beside={floats && isWorkedThrough(path)}
				aside={modal && personal.value?.windows.value.length ? <PutAway /> : null}
				notices={<Notices hasWindow={hasWindow} />}
			>
				<Pages />
			</Frame>
			<Windows modal={modal} shown={shown} />
			<Toasts items={notices.value} label={t("app.notices")} high={covered} />
		</>
	);
}

/** An open window says itself how the connection is; once is enough. */
function Notices({ hasWindow }: { hasWindow: boolean }) {
	const { path } = useLocation();
	return (
		<>
			<UpdateBanner />
			{!hasWindow && <ConnectionBanner />}
			{personal.value && <PersonalNotices path={path} />}
		</>
	);
}

function Pages() {
	const { path } = useLocation();
	const shownPath = useRef(path);
	useEffect(() => {
		if (shownPath.current === path) return;
		shownPath.current = path;
		scrollTo(0, 0);
		// A new page is read from its heading; the first one as the browser does.
		const heading = document.querySelector<HTMLElement>("main h1");
		(heading ?? document.getElementById("content"))?.focus({ preventScroll: true });
	}, [path]);
	return (
		<Router>
			<Route path="/" component={DirectoryPage} />
			<Route path="/therapists/:id" component={TherapistPage} />
			<Route path="/bookings" component={BookingsPage} />
			<Route path="/chat/:conversationId" component={ChatRoute} />
			<Route path="/therapist" component={DeskPage} />
			<Route path="/operator" component={OperatorPage} />
			<Route path="/sign-in" component={AccountPage} />
			<Route default component={NotFoundPage} />
		</Router>
	);
}
