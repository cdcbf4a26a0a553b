import { ICON_PATHS, type IconName } from "./icons";

export type { IconName } from "./icons";

interface IconProps {
	name: IconName;
	/** Edge length in CSS pixels; 20 unless told. */
	size?: number | undefined;
	class?: string | undefined;
}

/** A drawn sign beside words. Always hidden from screen readers: the words carry the meaning. */
export function Icon({ name, size = 20, class: className }: IconProps) {
	return (
		<svg
			class={className ? `icon ${className}` : "icon"}
			width={size}
			height={size}
			viewBox="0 0 24 24"
			fill="none"
			stroke="currentColor"
			stroke-width="1.75"
			stroke-linecap="round"
			stroke-linejoin="round"
			aria-hidden="true"
			focusable="false"
		>
			<path d={ICON_PATHS[name]} />
		</svg>
	);
}
