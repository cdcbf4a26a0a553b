import "./switch.css";

interface SwitchProps {
	label: string;
	on: boolean;
	onChange: (on: boolean) => void;
}

/** Something that is on or off, and is so at once. The whole row can be pressed. */
export function Switch({ label, on, onChange }: SwitchProps) {
	return (
		<label class="switch">
			<span class="switch-label">{label}</span>
			<input
				type="checkbox"
				role="switch"
				class="switch-input"
				checked={on}
				aria-checked={on}
				onChange={(event) => onChange(event.currentTarget.checked)}
			/>
		</label>
	);
}
