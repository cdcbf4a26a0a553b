/** Still water under a rising sun: the app's sign. */
export function BrandSign() {
	return (
		<svg
			class="brand-sign"
			width="28"
			height="28"
			viewBox="0 0 28 28"
			fill="none"
			stroke="currentColor"
			stroke-width="2"
			stroke-linecap="round"
			aria-hidden="true"
		>
			<path d="M7.5 14a6.5 6.5 0 0 1 13 0" />
			<path d="M3 14h22M6 18.5c2.7 1.3 5.3 1.3 8 0s5.3-1.3 8 0M10 23c1.4.7 2.7.7 4 0s2.6-.7 4 0" />
		</svg>
	);
}
