import { useEffect, useState } from "preact/hooks";

/** Light modules around the code, without which a camera does not find it. */
const QUIET = 4;

/** `text` as a picture for a camera; black on white in every appearance. Nothing until its code is here. */
export function QrCode({ text, label }: { text: string; label: string }) {
	const [drawing, setDrawing] = useState<{ path: string; size: number } | null>(null);
	useEffect(() => {
		let isCurrent = true;
		import("uqr").then(
			({ encode }) => {
				const { data, size } = encode(text, { ecc: "M", border: QUIET });
				if (isCurrent) setDrawing({ path: pathOf(data), size });
			},
			// Without a network the letters do.
			() => undefined,
		);
		return () => {
			isCurrent = false;
		};
	}, [text]);
	return (
		<div class="qr-code">
			{drawing && (
				<svg viewBox={`0 0 ${drawing.size} ${drawing.size}`} role="img" aria-label={label}>
					<path d={`M0 0h${drawing.size}v${drawing.size}H0z`} fill="#fff" />
					<path d={drawing.path} fill="#000" shape-rendering="crispEdges" />
				</svg>
			)}
		</div>
	);
}

const pathOf = (rows: readonly (readonly boolean[])[]) =>
	rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
