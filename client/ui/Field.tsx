import "./field.css";
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./Icon";

export interface FieldFrame {
	id: string;
	label: string;
	/** Shown after the label of a field that may stay empty, e.g. "optional". */
	optional?: string | undefined;
	hint?: string | undefined;
	error?: string | undefined;
	/** More about what is written, below; `id` is the part of it that describes the control. */
	below?: { id: string; isWrong: boolean; content: ComponentChildren } | undefined;
	/** Leaves the label to screen readers, where the control explains itself to the eye. */
	hideLabel?: boolean | undefined;
}

/** The ids that tell a screen reader what to read after the control's name. */
function describedBy({ id, hint, error, below }: FieldFrame): string | undefined {
	const ids = [hint && `${id}-hint`, error && `${id}-error`, below?.id].filter(Boolean);
	return ids.length > 0 ? ids.join(" ") : undefined;
}

/** The sentence under a control that says what is wrong with it. */
export function FieldError({ id, error }: Pick<FieldFrame, "id" | "error">) {
	if (!error) return null;
	return (
		<p class="field-error" id={`${id}-error`}>
			<Icon name="alert" size={18} />
			<span>{error}</span>
		</p>
	);
}

/** Label, control, hint and error in their places. */
export function Field({
	id,
	label,
	optional,
	hint,
	error,
	below,
	hideLabel,
	children,
}: FieldFrame & { children: ComponentChildren }) {
	return (
		<div class="field">
			<label class={hideLabel ? "visually-hidden" : "field-label"} for={id}>
				{label} {optional && <span class="field-optional">({optional})</span>}
			</label>
			{children}
			{hint && (
				<p class="field-hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
			<FieldError id={id} error={error} />
			{below?.content}
		</div>
	);
}

interface TextInput extends FieldFrame {
	value: string;
	/** `event`: how the value came to be. */
	onValue: (value: string, event: Event) => void;
}

type Own = "id" | "label" | "value" | "onInput";
type InputProps = TextInput & Omit<JSX.InputHTMLAttributes<HTMLInputElement>, Own>;
type AreaProps = TextInput & Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, Own>;

/** What stands around a control, and what goes on the control itself. */
export function partsOf<Props extends FieldFrame>(props: Props) {
	const { id, label, optional, hint, error, below, hideLabel, ...rest } = props;
	const frame: FieldFrame = { id, label, optional, hint, error, below, hideLabel };
	const control = {
		...rest,
		id,
		class: "control",
		"aria-invalid": error || below?.isWrong ? (true as const) : undefined,
		"aria-describedby": describedBy(frame),
	};
	return { frame, control };
}

/** A one-line text field. What is typed decides its own direction. */
export function TextField({ onValue, ...props }: InputProps) {
	const { frame, control } = partsOf(props);
	return (
		<Field {...frame}>
			<input
				type="text"
				dir="auto"
				{...control}
				onInput={(event) => onValue(event.currentTarget.value, event)}
			/>
		</Field>
	);
}

/** A text field of several lines. What is typed decides its own direction. */
export function TextArea({ onValue, ...props }: AreaProps) {
	const { frame, control } = partsOf(props);
	return (
		<Field {...frame}>
			<textarea
				rows={3}
				dir="auto"
				{...control}
				onInput={(event) => onValue(event.currentTarget.value, event)}
			/>
		</Field>
	);
}
