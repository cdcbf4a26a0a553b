import "./dotted.css";
import { type ComponentChildren, toChildArray } from "preact";

/** Short facts in one line with dots between them; a line that wraps neither begins nor ends with a dot. */
export function Dotted({ children }: { children: ComponentChildren }) {
	return (
		<span class="dotted">
			<span class="dotted-line">
				{toChildArray(children).map((fact, place) => (
					<span class="dotted-fact" key={place}>
						{fact}
					</span>
				))}
			</span>
		</span>
	);
}
