/** A piece of code and what it is, for its colour. */
export interface Piece {
	kind: 'plain' | 'name' | 'text' | 'value' | 'remark';
	text: string;
}

/**
 * In this order: what is quoted (with the colon after it, a name), lines that remark, literal
 * values after a colon. Enough for JSON, shell, HTML and JavaScript as they stand in documentation.
 */
const pattern =
	/("(?:[^"\\\n]|\\.)*"(?=\s*:))|("(?:[^"\\\n]|\\.)*")|((?:^|(?<=\s))(?:#|\/\/) [^\n]*|<!--[^]*?-->)|(?<=: )(true|false|null|-?\d+(?:\.\d+)?)\b/g;

const kinds = ['name', 'text', 'remark', 'value'] as const;

/** Cuts code into pieces that, joined, are the code again. */
export function highlight(code: string): Piece[] {
	const pieces: Piece[] = [];
	let at = 0;
	for (const match of code.matchAll(pattern)) {
		if (match.index > at) pieces.push({ kind: 'plain', text: code.slice(at, match.index) });
		const group = match.slice(1).findIndex((found) => found !== undefined);
		pieces.push({ kind: kinds[group] ?? 'plain', text: match[0] });
		at = match.index + match[0].length;
	}
	if (at < code.length) pieces.push({ kind: 'plain', text: code.slice(at) });
	return pieces;
}
