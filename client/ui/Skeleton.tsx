import "./notice.css";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

const PATIENCE_MS = 300;

interface SkeletonProps {
	/** CSS lengths. */
	width?: string | undefined;
	height?: string | undefined;
	round?: boolean | undefined;
}

/** One grey bar of a shape that is still loading. */
export function Skeleton({ width = "100%", height = "1rem", round }: SkeletonProps) {
	return (
		<span class="skeleton" style={{ width, height, borderRadius: round ? "50%" : undefined }} />
	);
}

interface LoadingProps {
	/** Said to screen readers. */
	label: string;
	children: ComponentChildren;
}

/** Shows its children only after 300 ms, so that a quick answer never flashes; keeps the room meanwhile. */
export function Loading({ label, children }: LoadingProps) {
	const [late, setLate] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => setLate(true), PATIENCE_MS);
		return () => clearTimeout(timer);
	}, []);
	return (
		<div aria-busy="true">
			<p class="visually-hidden" role="status">
				{late && label}
			</p>
			<div aria-hidden="true" style={{ visibility: late ? "visible" : "hidden" }}>
				{children}
			</div>
		</div>
	);
}

/** A page of lists that is still loading. */
export function ListsLoading({ label }: Pick<LoadingProps, "label">) {
	return (
		<Loading label={label}>
			<div class="stack">
				<Skeleton width="40%" height="1.75rem" />
				<Skeleton height="9rem" />
				<Skeleton height="9rem" />
			</div>
		</Loading>
	);
}
