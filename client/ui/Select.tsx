import type { JSX } from "preact";
import { Field, type FieldFrame, partsOf } from "./Field";
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
export function Select<T extends string>({ choices, onValue, ...props }: SelectProps<T>) {
	const { frame, control } = partsOf(props);
	return (
		<Field {...frame}>
			<div class="select">
				<select {...control} onChange={(event) => onValue(event.currentTarget.value as T)}>
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
