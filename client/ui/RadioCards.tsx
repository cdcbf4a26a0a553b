import "./choice.css";
import { FieldError, type FieldFrame } from "./Field";
import { Icon, type IconName } from "./Icon";

export interface Card<T extends string> {
	value: T;
	label: string;
	note?: string | undefined;
	/** Stands at the end of the line, e.g. a price. */
	side?: string | undefined;
	icon?: IconName | undefined;
	disabled?: boolean | undefined;
}

interface RadioCardsProps<T extends string> extends FieldFrame {
	value: T | "";
	cards: readonly Card<T>[];
	onValue: (value: T) => void;
	onBlur?: (() => void) | undefined;
	/** `row` puts short choices side by side, `list` one under the other. */
	arrange?: "row" | "list" | undefined;
}

/** One choice of a few, each a card large enough for a thumb. Arrow keys move as in any radio group. */
export function RadioCards<T extends string>(props: RadioCardsProps<T>) {
	const {
		id,
		label,
		hint,
		error,
		hideLabel,
		value,
		cards,
		onValue,
		onBlur,
		arrange = "list",
	} = props;
	return (
		<fieldset
			id={id}
			tabIndex={-1}
			aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
			onFocusOut={(event) => {
				if (!event.currentTarget.contains(event.relatedTarget as Node | null)) onBlur?.();
			}}
		>
			<legend class={hideLabel ? "visually-hidden" : "field-label choices-legend"}>{label}</legend>
			<div class={`choices choices-${arrange}${error ? " choices-invalid" : ""}`}>
				{cards.map((card) => (
					<RadioCard
						key={card.value}
						name={id}
						card={card}
						checked={card.value === value}
						onValue={onValue}
					/>
				))}
			</div>
			{hint && (
				<p class="field-hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
			<FieldError id={id} error={error} />
		</fieldset>
	);
}

interface RadioCardProps<T extends string> {
	name: string;
	card: Card<T>;
	checked: boolean;
	onValue: (value: T) => void;
}

function RadioCard<T extends string>({ name, card, checked, onValue }: RadioCardProps<T>) {
	return (
		<label class={checked ? "choice choice-on" : "choice"}>
			<input
				type="radio"
				name={name}
				value={card.value}
				checked={checked}
				disabled={card.disabled}
				onChange={() => onValue(card.value)}
			/>
			{card.icon ? <Icon name={checked ? "available" : card.icon} /> : <span class="choice-mark" />}
			<span class="choice-words">
				{card.label}
				{card.note && <span class="choice-note">{card.note}</span>}
			</span>
			{card.side && <span class="choice-side numeric">{card.side}</span>}
		</label>
	);
}
