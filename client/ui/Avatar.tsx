import "./badge.css";
import { useState } from "preact/hooks";

interface AvatarProps {
	name: string;
	photoUrl?: string | null | undefined;
	/** Edge length in CSS pixels. */
	size?: number | undefined;
	shape?: "square" | "round" | undefined;
	/** For pictures further down a list. */
	lazy?: boolean | undefined;
}

/** Up to two first letters of a name, for where a picture is missing. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/u).filter(Boolean);
	const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
	return ends.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("");
}

/** A portrait, or initials until one is there. Decorative: the name always stands beside it. */
export function Avatar({ name, photoUrl, size = 48, shape = "square", lazy }: AvatarProps) {
	const [broken, setBroken] = useState<string | null>(null);
	const shown = photoUrl && photoUrl !== broken ? photoUrl : null;
	return (
		<span
			class={`avatar avatar-${shape}`}
			style={{ width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.36)}px` }}
			aria-hidden="true"
		>
			{shown ? (
				<img
					src={shown}
					alt=""
					width={size}
					height={size}
					loading={lazy ? "lazy" : "eager"}
					decoding="async"
					onError={() => setBroken(shown)}
				/>
			) : (
				initials(name)
			)}
		</span>
	);
}
