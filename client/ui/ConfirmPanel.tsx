import "./window.css";
import type { ComponentChildren } from "preact";
import { useEffect, useId } from "preact/hooks";
import { Button } from "./Button";
import { useFocusInAndBack } from "./useFocusInAndBack";

interface ConfirmPanelProps {
	title: string;
	text?: string | undefined;
	/** The word for going on with it, and the word for leaving things as they are. */
	yes: string;
	no: string;
	busy?: boolean | undefined;
	/** What else is asked. */
	children?: ComponentChildren;
	onYes: () => void;
	onNo: () => void;
}

/** A question in its place, before something that cannot be taken back. Escape means no. */
export function ConfirmPanel({
	title,
	text,
	yes,
	no,
	busy,
	children,
	onYes,
	onNo,
}: ConfirmPanelProps) {
	const id = useId();
	const box = useFocusInAndBack<HTMLDivElement>();
	// Where it stands in a box that scrolls, both answers are to be in sight.
	useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), [box]);
	return (
		<div
			ref={box}
			class="confirm"
			role="alertdialog"
			aria-labelledby={`${id}-title`}
			aria-describedby={text ? `${id}-text` : undefined}
			tabIndex={-1}
			onKeyDown={(event) => {
				if (event.key !== "Escape") return;
				event.stopPropagation();
				onNo();
			}}
		>
			<h3 id={`${id}-title`}>{title}</h3>
			{text && (
				<p class="confirm-text" id={`${id}-text`}>
					{text}
				</p>
			)}
			{children}
			<div class="confirm-actions">
				<Button look="danger" busy={busy} onClick={onYes}>
					{yes}
				</Button>
				<Button onClick={onNo}>{no}</Button>
			</div>
		</div>
	);
}
