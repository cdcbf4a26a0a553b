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

/** How much of what is fine is shown on either side of a mark, and how much of a mark, in characters. */
const AROUND = 22;
const MARKED = 80;
const MOST_PIECES = 9;

/** What is marked with a little of what stands around it: a small screen has no room for a long text twice. */
export function excerptOf(text: string, spans: MarkedTextProps["spans"]): Piece[] {
	const pieces = piecesOf(
		text.replace(/\s+/g, (gap) => " ".repeat([...gap].length)),
		spans,
	);
	const last = pieces.length - 1;
	return pieces
		.map(({ text, marked }, at) => {
			if (marked) return { text: shortened(text, MARKED / 2, MARKED / 2), marked };
			return { text: shortened(text, at > 0 ? AROUND : 0, at < last ? AROUND : 0), marked };
		})
		.slice(0, MOST_PIECES);
}

/** Its first `before` and last `after` characters, in whole words where it has words, and a sign for the rest. */
function shortened(text: string, before: number, after: number): string {
	const characters = [...text];
	if (characters.length <= before + after + 1) return text;
	const start = characters.slice(0, before).join("");
	const end = after > 0 ? characters.slice(-after).join("") : "";
	return `${start.replace(/(\s)\S+$/, "$1")}…${end.replace(/^\S+(?=\s)/, "")}`;
}

/** The marked words of a text, in their surroundings. Nothing where nothing is marked. */
export function Excerpt({ text, spans }: MarkedTextProps) {
	if (spans.length === 0) return null;
	return (
		<p class="contact-excerpt" dir="auto">
			{excerptOf(text, spans).map((piece, index) =>
				piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text,
			)}
		</p>
	);
}
