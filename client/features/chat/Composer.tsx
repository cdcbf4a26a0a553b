import type { RefObject } from "preact";
import { useId, useLayoutEffect } from "preact/hooks";
import { t } from "../../i18n";
import { isVisible } from "../../state/freeText";
import { MESSAGE_LENGTH, recentlySaid, send, setTypedText, typedText } from "../../state/messages";
import { typeIn } from "../../state/typing";
import { Icon } from "../../ui/Icon";
import { ContactWarning, warningId } from "../contact/ContactWarning";
import { isPasted } from "../contact/useContactWatch";
import { useTextCheck } from "../contact/useTextCheck";

const TALLEST_PX = 128;

interface ComposerProps {
	conversationId: string;
	otherName: string;
	field: RefObject<HTMLTextAreaElement>;
}

/** With a mouse, Enter sends; under a thumb it begins a new line, as on every phone. */
const entersBySending = () => matchMedia("(pointer: fine)").matches;

/** Where a message is written. It works without a network: what is sent waits on the device. */
export function Composer({ conversationId, otherName, field }: ComposerProps) {
	const text = typedText(conversationId);
	const excess = [...text.trim()].length - MESSAGE_LENGTH;
	const isReady = isVisible(text) && excess <= 0;
	const check = useTextCheck("message", conversationId, text, () => recentlySaid(conversationId));
	const id = useId();
	useLayoutEffect(() => grow(field.current), [text, field]);

	const submit = () => {
		if (!isReady) return;
		if (check.passes()) {
			check.left();
			send(conversationId, text);
			setTypedText(conversationId, "");
		}
		field.current?.focus();
	};
	return (
		<form
			class="composer"
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			{excess > 0 && (
				<p class="composer-note composer-blocked" role="alert">
					<Icon name="alert" size={18} />
					{t("chat.tooLong", { count: excess })}
				</p>
			)}
			<ContactWarning
				id={id}
				warning={check.warning}
				appealed={check.appealed}
				place="chat"
				presses={check.presses}
			/>
			<div class="composer-row">
				<textarea
					ref={field}
					class="control"
					rows={1}
					dir="auto"
					aria-label={t("chat.writeTo", { name: otherName })}
					aria-invalid={check.isBlocked || undefined}
					aria-describedby={check.isShown ? warningId(id) : undefined}
					placeholder={t("chat.write")}
					value={text}
					onInput={(event) => {
						const { value } = event.currentTarget;
						setTypedText(conversationId, value);
						if (isPasted(event)) check.pasted(value);
						if (isVisible(value)) typeIn(conversationId);
					}}
					onKeyDown={(event) => {
						if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
						if (!entersBySending()) return;
						event.preventDefault();
						submit();
					}}
				/>
				<button
					type="submit"
					class="composer-send"
					aria-label={t("chat.send")}
					aria-disabled={!isReady || check.isBlocked}
					// A press would take the focus, and with it the phone's keyboard, away from the text.
					onPointerDown={(event) => event.preventDefault()}
				>
					<Icon name="send" size={22} />
				</button>
			</div>
		</form>
	);
}

/** Grows the field with its text; browsers that know `field-sizing` do so by themselves. */
function grow(field: HTMLTextAreaElement | null): void {
	if (!field || CSS.supports("field-sizing", "content")) return;
	field.style.height = "auto";
	field.style.height = `${Math.min(field.scrollHeight + 2, TALLEST_PX)}px`;
}
