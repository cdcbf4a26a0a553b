import type { ComponentChildren } from "preact";
import type { Part } from "../../state/oversight";
import { Newest } from "./Newest";

interface RecordsProps<Item> {
	/** Of the heading. */
	id: string;
	title: string;
	/** What is said where there are none. */
	none: string;
	part: Part<Item>;
	/** One of them, as an `li` with a key. */
	children: (item: Item) => ComponentChildren;
}

/** What was written down of one kind, newest first. */
export function Records<Item>({ id, title, none, part, children }: RecordsProps<Item>) {
	return (
		<section class="section" aria-labelledby={id}>
			<h2 id={id}>{title}</h2>
			{part.items.length === 0 ? (
				<p class="muted">{none}</p>
			) : (
				<ul class="card operator-refusals">{part.items.map(children)}</ul>
			)}
			<Newest part={part} />
		</section>
	);
}
