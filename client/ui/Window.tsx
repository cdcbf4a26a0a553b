import "./window.css";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { IconButton } from "./Button";
import { useFocusInAndBack } from "./useFocusInAndBack";
import { useSecondTap } from "./useSecondTap";

interface WindowSize {
	/** What pressing its button does. */
	label: string;
	small: boolean;
	run: () => void;
}

interface WindowProps {
	title: string;
	sub?: ComponentChildren | undefined;
	/** Stands before the title, e.g. a portrait. */
	lead?: ComponentChildren | undefined;
	/** Stands before the window's buttons, e.g. the connection. */
	side?: ComponentChildren | undefined;
	/** Covers everything else (a phone's sheet): what lies below must be made inert by the caller. */
	modal: boolean;
	closeLabel: string;
	onClose: () => void;
	minimise?: WindowSize | undefined;
	children: ComponentChildren;
}

/** A full sheet on a phone, a floating window elsewhere. Takes the focus when it opens and gives it back. */
export function Window(props: WindowProps) {
	const { title, sub, lead, side, modal, closeLabel, onClose, minimise, children } = props;
	const titleId = useId();
	const box = useFocusInAndBack<HTMLDivElement>();
	return (
		<div
			ref={box}
			class={minimise?.small ? "window window-small" : "window"}
			role="dialog"
			aria-modal={modal || undefined}
			aria-labelledby={titleId}
			tabIndex={-1}
			onClickCapture={useSecondTap()}
			onKeyDown={(event) => {
				if (event.key === "Escape" && !event.isComposing) onClose();
			}}
		>
			<header class="window-head">
				<div class="window-titles">
					{lead}
					<div class="window-words">
						<h2 class="window-title" id={titleId}>
							<bdi>{title}</bdi>
						</h2>
						{sub && <span class="window-sub">{sub}</span>}
					</div>
				</div>
				{side}
				{minimise && (
					<IconButton
						icon={minimise.small ? "chat" : "minus"}
						label={minimise.label}
						onClick={minimise.run}
					/>
				)}
				<IconButton icon="close" label={closeLabel} onClick={onClose} />
			</header>
			{!minimise?.small && <div class="window-body">{children}</div>}
		</div>
	);
}
