const fewestDigits = 13;
const mostDigits = 19;

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const separator = '(?:[\\s\\p{Pd}\\p{Cf}._+]|%20|%2D)';

/** An id of ours, or a run of digits of any script in which a card number may lie. */
const candidate = new RegExp(
	`(?<![\\p{L}\\p{N}])${uuid}(?![\\p{L}\\p{N}])` +
		`|\\p{Nd}(?:${separator}{0,3}\\p{Nd}){${fewestDigits - 1},}`,
	'giu'
);

const separators = new RegExp(`${separator}+`, 'giu');

/** How the numbers of the large schemes begin, by length, for numbers that stick to other digits. */
const knownBeginning = new RegExp(
	'^(?:4(?:.{12}|.{15}|.{18})|5[1-5].{14}|2[2-7].{14}|3[47].{13}|3[0689].{12}' +
		'|(?:35|62|8)(?:.{14}|.{17})|6(?:.{15}|.{18})|(?:5[06-9]|9792).{10,17})$'
);

/**
 * Puts `[card]` for every card number: 13 to 19 digits that satisfy Luhn (ISO/IEC 7812-1, annex B),
 * in the digits of any script, with spaces or dashes between them. About one in ten other numbers
 * of that length goes with them; a lost number costs less than a printed card.
 */
export function hideCardNumbers(text: string): string {
	return text.replace(candidate, (run) => (isUuid(run) ? run : hideInRun(run)));
}

/** Digits alone are no proof of a UUID: a hexadecimal letter must be there too. */
function isUuid(run: string): boolean {
	return run.length === 36 && /[a-f]/i.test(run);
}

interface Digits {
	values: number[];
	/** Where each digit begins and ends in the run. */
	starts: number[];
	ends: number[];
}

function hideInRun(run: string): string {
	const { starts, ends, hidden } = findCards(readDigits(run));
	let shown = '';
	let shownTo = 0;
	for (let at = 0; at < hidden.length; at++) {
		if (!hidden[at]) continue;
		if (!hidden[at - 1]) shown += `${run.slice(shownTo, starts[at])}[card]`;
		shownTo = ends[at] ?? run.length;
	}
	return shown + run.slice(shownTo);
}

/**
 * Marks the digits of each stretch that may be a card number. Stretches may overlap, and then all
 * of them are hidden: which of them is the card cannot be told.
 */
function findCards(digits: Digits): Digits & { hidden: boolean[] } {
	const { values, starts, ends } = digits;
	const hidden = values.map(() => false);
	for (let first = 0; first + fewestDigits <= values.length; first++) {
		const last = Math.min(mostDigits, values.length - first) + first;
		for (let end = first + fewestDigits; end <= last; end++) {
			if (!satisfiesLuhn(values, first, end)) continue;
			const standsAlone = ends[first - 1] !== starts[first] && ends[end - 1] !== starts[end];
			if (standsAlone || knownBeginning.test(values.slice(first, end).join(''))) {
				hidden.fill(true, first, end);
			}
		}
	}
	return { ...digits, hidden };
}

function satisfiesLuhn(values: number[], first: number, end: number): boolean {
	let sum = 0;
	let double = false;
	for (let at = end - 1; at >= first; at--) {
		const value = values[at] ?? 0;
		sum += double ? value * 2 - (value > 4 ? 9 : 0) : value;
		double = !double;
	}
	return sum % 10 === 0;
}

function readDigits(run: string): Digits {
	const digits: Digits = { values: [], starts: [], ends: [] };
	// `%20` holds digits that belong to no number.
	const bare = run.replace(separators, (gap) => ' '.repeat(gap.length));
	let at = 0;
	for (const character of bare) {
		const end = at + character.length;
		if (character !== ' ') {
			digits.values.push(digitValue(character));
			digits.starts.push(at);
			digits.ends.push(end);
		}
		at = end;
	}
	return digits;
}

/** Unicode keeps the ten digits of a script together in order, and such tens end to end. */
function digitValue(character: string): number {
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x80) return code - 0x30;
	let first = code;
	while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
	return (code - first) % 10;
}
