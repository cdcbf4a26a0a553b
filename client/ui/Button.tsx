import "./button.css";
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./Icon";

export type ButtonLook = "primary" | "quiet" | "plain" | "warn" | "danger";

interface Shared {
	look?: ButtonLook | undefined;
	icon?: IconName | undefined;
	wide?: boolean | undefined;
	children: ComponentChildren;
}

interface ButtonProps
	extends Shared,
		Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "disabled" | "children"> {
	/** Shows a spinner and ignores further presses; focus stays where it is. */
	busy?: boolean | undefined;
	/** Refuses presses but can still be focused, so that a screen reader finds it and its reason. */
	unavailable?: boolean | undefined;
}

function classes({ look = "quiet", wide }: Pick<Shared, "look" | "wide">): string {
	return `button button-${look}${wide ? " button-wide" : ""}`;
}

/** A button with words; `look` gives its weight on the screen. */
export function Button({
	look,
	icon,
	wide,
	busy,
	unavailable,
	children,
	onClick,
	...rest
}: ButtonProps) {
	const idle = !busy && !unavailable;
	return (
		<button
			type="button"
			{...rest}
			class={classes({ look, wide })}
			aria-busy={busy || undefined}
			aria-disabled={unavailable || undefined}
			onClick={(event) => (idle ? onClick?.(event) : event.preventDefault())}
		>
			{busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
			<span>{children}</span>
		</button>
	);
}

interface LinkButtonProps
	extends Shared,
		Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, "icon" | "children"> {
	href: string;
}

/** A link that looks like a button: it leads somewhere, it changes nothing. */
export function LinkButton({ look, icon, wide, children, ...rest }: LinkButtonProps) {
	return (
		<a {...rest} class={classes({ look, wide })}>
			{icon && <Icon name={icon} />}
			<span>{children}</span>
		</a>
	);
}

interface IconButtonProps
	extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "label"> {
	icon: IconName;
	/** Read by screen readers and shown as a tooltip. */
	label: string;
}

/** A round button whose words are for screen readers and the tooltip. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
	return (
		<button type="button" {...rest} class="icon-button" aria-label={label} title={label}>
			<Icon name={icon} size={22} />
		</button>
	);
}
