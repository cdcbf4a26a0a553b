/** A piece of a text, marked or not. */
export interface Piece {
	text: string;
	marked: boolean;
}

/**
 * The text cut at `spans` ([start, end) pairs, counted in characters as the server counts them: an emoji is one).
 * Spans that overlap, lie outside, or are out of order do no harm.
 */
export function piecesOf(text: string, spans: readonly (readonly [number, number])[]): Piece[] {
	const characters = [...text];
	const pieces: Piece[] = [];
	characters.forEach((character, at) => {
		const marked = spans.some(([start, end]) => at >= start && at < end);
		const last = pieces.at(-1);
		if (last?.marked === marked) last.text += character;
		else pieces.push({ text: character, marked });
	});
	return pieces;
}

interface MarkedTextProps {
	text: string;
	spans: readonly (readonly [number, number])[];
}

/** The text with what was refused in it marked. */
export function MarkedText({ text, spans }: MarkedTextProps) {
	if (spans.length === 0) return <>{text}</>;
	return (
		<>
			{piecesOf(text, spans).map((piece, index) =>
				piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text,
			)}
		</>
	);
}
