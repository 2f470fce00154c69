import { hideCardNumbers } from '$lib/server/log/hide-card-numbers';

const longestPath = 200;

/** How the way leads through one level: the name or the position that was read last in it. */
interface Level {
	step: string | number;
	/** Whether the next text is a name. Always false in an array. */
	nameComes: boolean;
}

/**
 * The path (`request.items.0.amount`) of the name or value that begins at an offset; `body` where it
 * is all there is. The reader
 * keeps no path while it reads, which would cost every good body; this walks a bad one again.
 *
 * @param text JSON that was found sound up to the offset and through the name or text there
 */
export function jsonPathAt(text: string, offset: number): string {
	const levels: Level[] = [];
	for (let at = 0; at <= offset; at++) {
		const character = text[at];
		if (character === '{') levels.push({ step: '', nameComes: true });
		else if (character === '[') levels.push({ step: 0, nameComes: false });
		else if (character === '}' || character === ']') levels.pop();
		else if (character === ',') passComma(levels.at(-1));
		else if (character === '"') {
			const end = endOfString(text, at);
			passString(levels.at(-1), text.slice(at, end));
			at = end - 1;
		}
	}
	// The path is told to the caller: a name may be a card number that slipped into the wrong place.
	const path = hideCardNumbers(levels.map((level) => level.step).join('.'));
	if (path === '') return 'body';
	return path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
}

function endOfString(text: string, start: number): number {
	let at = start + 1;
	while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
	return at + 1;
}

function passComma(level: Level | undefined): void {
	if (typeof level?.step === 'number') level.step++;
	else if (level) level.nameComes = true;
}

function passString(level: Level | undefined, token: string): void {
	if (!level?.nameComes) return;
	const name: unknown = JSON.parse(token);
	// NUL is shown as the caller wrote it: the name itself may be what is wrong.
	level.step = String(name).replaceAll('\0', '\\u0000');
	level.nameComes = false;
}
