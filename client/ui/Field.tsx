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
	/** Leaves the label to screen readers, where the control explains itself to the eye. */
	hideLabel?: boolean | undefined;
}

/** The ids that tell a screen reader what to read after the control's name. */
export function describedBy({ id, hint, error }: FieldFrame): string | undefined {
	const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean);
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
		</div>
	);
}

interface TextInput extends FieldFrame {
	value: string;
	onValue: (value: string) => void;
}

type InputProps = TextInput &
	Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "id" | "label" | "value" | "onInput">;

/** A one-line text field. */
export function TextField({
	id,
	label,
	optional,
	hint,
	error,
	value,
	onValue,
	...rest
}: InputProps) {
	const frame = { id, label, optional, hint, error };
	return (
		<Field {...frame}>
			<input
				type="text"
				{...rest}
				id={id}
				class="control"
				value={value}
				aria-invalid={error ? true : undefined}
				aria-describedby={describedBy(frame)}
				onInput={(event) => onValue(event.currentTarget.value)}
			/>
		</Field>
	);
}

type AreaProps = TextInput &
	Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, "id" | "label" | "value" | "onInput">;

/** A text field of several lines. */
export function TextArea({ id, label, optional, hint, error, value, onValue, ...rest }: AreaProps) {
	const frame = { id, label, optional, hint, error };
	return (
		<Field {...frame}>
			<textarea
				rows={3}
				{...rest}
				id={id}
				class="control"
				value={value}
				aria-invalid={error ? true : undefined}
				aria-describedby={describedBy(frame)}
				onInput={(event) => onValue(event.currentTarget.value)}
			/>
		</Field>
	);
}
