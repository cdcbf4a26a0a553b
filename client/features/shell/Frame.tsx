import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { t } from "../../i18n/front";
import { user } from "../../state/session";
import { personal } from "../../state/whenPersonal";
import { Count } from "../../ui/Badge";
import { Icon, type IconName } from "../../ui/Icon";
import { BrandSign } from "./Brand";
import { appName } from "./boot";
import "./shell.css";

interface Tab {
	href: string;
	icon: IconName;
	label: string;
	unread: number;
	/** Whether the tab leads to where `path` is. */
	holds: (path: string) => boolean;
}

function tabs(): Tab[] {
	const person = user.value;
	const unread = personal.value?.unreadTotal.value ?? 0;
	const account: Tab = {
		href: "/sign-in",
		icon: "person",
		label: t(person ? "nav.account" : "nav.signIn"),
		unread: 0,
		holds: (path) => path === "/sign-in",
	};
	const directory: Tab = {
		href: "/",
		icon: "search",
		label: t("nav.directory"),
		unread: 0,
		holds: (path) => path === "/" || path.startsWith("/therapists/"),
	};
	if (person?.role === "operator") {
		const holds = (path: string) => path === "/operator";
		const label = t("nav.operator");
		return [{ href: "/operator", icon: "checks", label, unread: 0, holds }, directory, account];
	}
	if (person?.role === "therapist") {
		const waiting = unread + (personal.value?.pending.value.length ?? 0);
		const desk = {
			href: "/therapist",
			icon: "bell" as const,
			label: t("nav.desk"),
			unread: waiting,
		};
		const holds = (path: string) => path === "/therapist" || path.startsWith("/chat/");
		return [{ ...desk, holds }, directory, account];
	}
	const bookings = {
		href: "/bookings",
		icon: "calendar" as const,
		label: t("nav.bookings"),
		unread,
	};
	const holds = (path: string) => path === "/bookings" || path.startsWith("/chat/");
	return [directory, { ...bookings, holds }, account];
}

interface FrameProps {
	/** Takes the page out of reach while a full-screen window covers it. */
	covered: boolean;
	/** Leaves the corner to a floating window, so that it hides nothing one may need beside it. */
	beside: boolean;
	/** Stands beside the brand. */
	aside?: ComponentChildren;
	notices: ComponentChildren;
	children: ComponentChildren;
}

/** What stands around every page: the way to the content, the brand, the tabs. */
export function Frame({ covered, beside, aside, notices, children }: FrameProps) {
	const { path } = useLocation();
	useFocusBehind(covered);
	return (
		<div class={beside ? "frame frame-beside" : "frame"} inert={covered}>
			<a class="skip" href="#content">
				{t("app.skip")}
			</a>
			<header class="top">
				<div class="top-row">
					<a class="brand" href="/">
						<BrandSign />
						{appName}
					</a>
					{aside}
					<nav class="tabs" aria-label={t("nav.label")}>
						<ul class="tabs-list">
							{tabs().map((tab) => (
								<li key={tab.href}>
									<a
										class="tab"
										href={tab.href}
										aria-current={tab.holds(path) ? "page" : undefined}
									>
										<Icon name={tab.icon} size={22} />
										<span>{tab.label}</span>
										<Count value={tab.unread} label={t("app.waiting", { count: tab.unread })} />
									</a>
								</li>
							))}
						</ul>
					</nav>
				</div>
			</header>
			<div class="content-notices">{notices}</div>
			<main class="content" id="content" tabIndex={-1}>
				{children}
			</main>
		</div>
	);
}

/** What had the focus when the page was covered has it again afterwards: out of reach, it loses it. */
function useFocusBehind(covered: boolean): void {
	const wasCovered = useRef(covered);
	const before = useRef<Element | null>(null);
	if (covered && !wasCovered.current) before.current = document.activeElement;
	useLayoutEffect(() => {
		wasCovered.current = covered;
		if (covered) return;
		const isLost = document.activeElement === document.body;
		if (isLost && before.current instanceof HTMLElement)
			before.current.focus({ preventScroll: true });
		before.current = null;
	}, [covered]);
}
