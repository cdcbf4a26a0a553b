import "./connection.css";
import { Icon } from "./Icon";

export type LinkQuality = "excellent" | "good" | "poor" | "disconnected";

const LIT: Record<LinkQuality, number> = { excellent: 3, good: 2, poor: 1, disconnected: 0 };

interface ConnectionDotsProps {
	quality: LinkQuality;
	/** Whether nothing is connected; without any dot it may also be a very slow line. */
	isCut: boolean;
	/** The quality in words, for screen readers and the tooltip. */
	label: string;
	/** Shown beside the dots, e.g. the measured latency. */
	note?: string | undefined;
}

/** Three dots, as many filled as the connection is good; a sign where none is. */
export function ConnectionDots({ quality, isCut, label, note }: ConnectionDotsProps) {
	return (
		<span class={`dots dots-${quality}`} title={label}>
			<span class="dots-row" aria-hidden="true">
				{[1, 2, 3].map((dot) => (
					<i key={dot} class={dot <= LIT[quality] ? "lit" : undefined} />
				))}
			</span>
			{quality === "disconnected" && <Icon name={isCut ? "unlinked" : "alert"} size={16} />}
			<span class="visually-hidden">{label}</span>
			{note && (
				<span class="dots-note" aria-hidden="true">
					{note}
				</span>
			)}
		</span>
	);
}
