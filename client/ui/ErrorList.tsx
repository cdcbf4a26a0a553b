import "./notice.css";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./Icon";

export interface ErrorItem {
	/** The id of the control to blame. */
	target: string;
	text: string;
}

interface ErrorListProps {
	title: string;
	items: readonly ErrorItem[];
	/** Rises with every submit that failed; each time the focus comes here. */
	attempt: number;
	/** The heading's level in its page; 3 unless told. */
	level?: 2 | 3;
}

function goTo(target: string): void {
	const element = document.getElementById(target);
	element?.scrollIntoView({ block: "center" });
	const control = element?.matches("fieldset")
		? element.querySelector<HTMLElement>("input")
		: element;
	control?.focus({ preventScroll: true });
}

/** All that is wrong with a form, in its order; each line leads to its field. */
export function ErrorList({ title, items, attempt, level = 3 }: ErrorListProps) {
	const box = useRef<HTMLElement>(null);
	const titleId = useId();
	const Heading = `h${level}` as const;
	useEffect(() => {
		if (attempt > 0) box.current?.focus();
	}, [attempt]);
	if (items.length === 0) return null;
	return (
		<section class="error-list" aria-labelledby={titleId} tabIndex={-1} ref={box}>
			<Heading class="error-list-title" id={titleId}>
				<Icon name="alert" />
				{title}
			</Heading>
			<ul class="error-list-items">
				{items.map((item) => (
					<li key={item.target}>
						<a
							href={`#${item.target}`}
							onClick={(event) => {
								event.preventDefault();
								goTo(item.target);
							}}
						>
							{item.text}
						</a>
					</li>
				))}
			</ul>
		</section>
	);
}
