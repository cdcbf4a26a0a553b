import "./notice.css";
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon";

interface PlaceProps {
	icon: IconName;
	title: string;
	children?: ComponentChildren | undefined;
	actions?: ComponentChildren | undefined;
	/** 1 where this is the page's own heading. */
	level?: 1 | 2 | 3 | undefined;
}

function Place({ icon, title, children, actions, level = 2, bad }: PlaceProps & { bad?: boolean }) {
	const Heading = `h${level}` as const;
	return (
		<div class={bad ? "place place-bad" : "place"} role={bad ? "alert" : undefined}>
			<span class="place-sign">
				<Icon name={icon} size={26} />
			</span>
			<Heading>{title}</Heading>
			{children && <div class="place-text">{children}</div>}
			{actions && <div class="place-actions">{actions}</div>}
		</div>
	);
}

/** Where a list has nothing yet: says so and leads on. */
export function EmptyState(props: PlaceProps) {
	return <Place {...props} />;
}

/** Where something could not be shown: what happened, what is safe, what to do. */
export function ErrorState(props: PlaceProps) {
	return <Place {...props} bad />;
}
