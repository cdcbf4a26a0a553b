import "./notice.css";
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon";

export type NoticeTone = "info" | "good" | "warn" | "bad";

interface BannerProps {
	tone: NoticeTone;
	icon?: IconName | undefined;
	title?: ComponentChildren | undefined;
	children?: ComponentChildren | undefined;
	actions?: ComponentChildren | undefined;
	/** `polite` is read when the person pauses, `assertive` at once; without it nothing is announced. */
	live?: "polite" | "assertive" | undefined;
}

const SIGNS: Record<NoticeTone, IconName> = {
	info: "info",
	good: "available",
	warn: "alert",
	bad: "alert",
};

/** Something the person should know where they are, with what they can do about it. */
export function Banner({ tone, icon, title, children, actions, live }: BannerProps) {
	return (
		<div class={`banner banner-${tone}`} role={live && (live === "polite" ? "status" : "alert")}>
			<Icon name={icon ?? SIGNS[tone]} size={22} />
			<div class="banner-body">
				{title && <p class="banner-title">{title}</p>}
				{children && <div class="banner-text">{children}</div>}
				{actions && <div class="banner-actions">{actions}</div>}
			</div>
		</div>
	);
}
