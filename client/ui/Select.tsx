import type { JSX } from "preact";
import { describedBy, Field, type FieldFrame } from "./Field";
import { Icon } from "./Icon";

export interface Choice<T extends string = string> {
	value: T;
	label: string;
	disabled?: boolean | undefined;
}

interface SelectProps<T extends string>
	extends FieldFrame,
		Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, "id" | "label" | "value" | "onChange"> {
	value: T;
	choices: readonly Choice<T>[];
	onValue: (value: T) => void;
}

/** The platform's own list: on a phone nothing is easier to use with one thumb. */
export function Select<T extends string>(props: SelectProps<T>) {
	const { id, label, optional, hint, error, hideLabel, value, choices, onValue, ...rest } = props;
	const frame = { id, label, optional, hint, error, hideLabel };
	return (
		<Field {...frame}>
			<div class="select">
				<select
					{...rest}
					id={id}
					class="control"
					value={value}
					aria-invalid={error ? true : undefined}
					aria-describedby={describedBy(frame)}
					onChange={(event) => onValue(event.currentTarget.value as T)}
				>
					{choices.map((choice) => (
						<option key={choice.value} value={choice.value} disabled={choice.disabled}>
							{choice.label}
						</option>
					))}
				</select>
				<Icon name="down" />
			</div>
		</Field>
	);
}
