import "./badge.css";
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon";

export type Tone = "plain" | "good" | "warn" | "bad" | "accent";

interface BadgeProps {
	tone?: Tone | undefined;
	icon?: IconName | undefined;
	children: ComponentChildren;
}

/** A state in one or two words, with its sign. */
export function Badge({ tone = "plain", icon, children }: BadgeProps) {
	return (
		<span class={`badge badge-${tone}`}>
			{icon && <Icon name={icon} size={15} />}
			<span>{children}</span>
		</span>
	);
}

/** How many wait, e.g. unread messages. `label` says of what. Nothing is drawn for zero. */
export function Count({ value, label }: { value: number; label: string }) {
	if (value === 0) return null;
	return (
		<span class="count">
			<span aria-hidden="true">{value > 99 ? "99+" : value}</span>
			<span class="visually-hidden">{label}</span>
		</span>
	);
}

interface ChipProps {
	pressed: boolean;
	icon?: IconName | undefined;
	onPress: (pressed: boolean) => void;
	children: ComponentChildren;
}

/** A filter that is on or off. */
export function Chip({ pressed, icon, onPress, children }: ChipProps) {
	return (
		<button type="button" class="chip" aria-pressed={pressed} onClick={() => onPress(!pressed)}>
			{pressed ? <Icon name="check" size={18} /> : icon && <Icon name={icon} size={18} />}
			{children}
		</button>
	);
}
