import "./notice.css";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";

export interface ToastItem {
	id: number;
	text: string;
	icon?: IconName | undefined;
	action?: { label: string; run: () => void };
}

interface ToastsProps {
	items: readonly ToastItem[];
	label: string;
	/** At the head of the screen, where a full window keeps its foot for writing. */
	high: boolean;
}

/** Short notices. The region is always there, so that each is announced. */
export function Toasts({ items, label, high }: ToastsProps) {
	return (
		<section
			class={high ? "toasts toasts-high" : "toasts"}
			aria-label={label}
			aria-live="polite"
			aria-relevant="additions"
		>
			{items.map((item) => (
				<div class="toast" key={item.id}>
					{item.icon && <Icon name={item.icon} />}
					<span class="toast-text">{item.text}</span>
					{item.action && <Button onClick={item.action.run}>{item.action.label}</Button>}
				</div>
			))}
		</section>
	);
}
