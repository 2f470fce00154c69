/** Something that may hold what must not be kept: a file, a log, an answer, the rows of a table. */
export interface Haystack {
	name: string;
	bytes: Buffer;
}

/** A secret in one of the forms in which software writes things down. */
export interface Needle {
	name: string;
	bytes: Buffer;
}

/** Every place of every needle, as sentences without the secret. */
export function findLeaks(haystacks: Haystack[], secrets: { cards: string[]; codes: string[] }) {
	const needles = [...secrets.cards.flatMap(needlesFor), ...secrets.codes.flatMap(codeNeedles)];
	const codes = secrets.codes.map(codePattern);
	return haystacks.flatMap(({ name, bytes }) => {
		const found = needles.filter((needle) => bytes.includes(needle.bytes));
		const text = bytes.toString('latin1');
		return [
			...found.map((needle) => `${needle.name} is in ${name}`),
			...codes
				.filter((code) => code.test(text))
				.map((_, index) => `security code ${index + 1} is in ${name}`)
		];
	});
}

/** All forms of a card number: whole, and the parts that leave more of it than may be kept. */
export function needlesFor(number: string): Needle[] {
	const named = `the card ${number.slice(0, 2)}…${number.slice(-2)}`;
	const whole = formsOf(number).map(([form, bytes]) => ({ name: `${named} ${form}`, bytes }));
	const grouped = groupings(number).map(([form, text]) => ({
		name: `${named} ${form}`,
		bytes: Buffer.from(text)
	}));
	const parts = [number.slice(0, 12), number.slice(-12)].map((part, index) => ({
		name: `${named} (its ${index === 0 ? 'first' : 'last'} 12 digits)`,
		bytes: Buffer.from(part)
	}));
	return [...whole, ...grouped, ...parts];
}

function formsOf(number: string): [form: string, bytes: Buffer][] {
	const ascii = Buffer.from(number, 'latin1');
	const utf16 = Buffer.from(number, 'utf16le');
	const each = (write: (digit: string) => string) =>
		Buffer.from(Array.from(number, write).join(''));
	const code = (digit: string) => digit.charCodeAt(0);
	const integer = Buffer.alloc(8);
	integer.writeBigInt64BE(BigInt(number));
	const even = number.length % 2 === 0 ? number : `0${number}`;
	return [
		['plain', ascii],
		['in hex', Buffer.from(ascii.toString('hex'))],
		...base64Forms(ascii),
		['percent-encoded', each((digit) => `%${code(digit).toString(16)}`)],
		['in JSON escapes', each((digit) => `\\u00${code(digit).toString(16)}`)],
		['in HTML entities', each((digit) => `&#${code(digit)};`)],
		['in Arabic-Indic digits', each((digit) => String.fromCharCode(0x660 + Number(digit)))],
		['in full-width digits', each((digit) => String.fromCharCode(0xff10 + Number(digit)))],
		['in UTF-16LE', utf16],
		['in UTF-16BE', Buffer.from(utf16).swap16()],
		['in UTF-16LE in hex', Buffer.from(utf16.toString('hex'))],
		['as packed digits', Buffer.from(even, 'hex')],
		// SQLite keeps whole numbers in as few bytes as they need; these two are zero for 16 digits.
		['as an integer', integer.subarray(integer.findIndex((byte) => byte !== 0))],
		['as an integer, lowest byte first', Buffer.from(integer).reverse()],
		['backwards', Buffer.from(Array.from(number).reverse().join(''))]
	];
}

/**
 * Base64 writes three bytes as four characters, so the same bytes look different at each of three
 * places; the characters at the ends, which depend on the neighbours, are left off.
 */
function base64Forms(bytes: Buffer): [form: string, bytes: Buffer][] {
	return ([0, 1, 2] as const).flatMap((shift) => {
		const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
		const whole = shifted.length - (shifted.length % 3);
		const text = shifted
			.subarray(0, whole)
			.toString('base64')
			.slice(shift === 0 ? 0 : 4);
		const forUrls = text.replaceAll('+', '-').replaceAll('/', '_');
		const name = `in base64 shifted by ${shift}`;
		const forms: [string, Buffer][] = [[name, Buffer.from(text)]];
		if (forUrls !== text) forms.push([`${name} for URLs`, Buffer.from(forUrls)]);
		return forms;
	});
}

/** As people and libraries group digits: in fours, and 4-6-5. */
function groupings(number: string): [form: string, text: string][] {
	const fours = number.match(/.{1,4}/g) ?? [];
	const amex = [number.slice(0, 4), number.slice(4, 10), number.slice(10)];
	const separators = [' ', '-', '\u00a0', '\u2009', '%20', '+', '.', '_', ', '];
	return [fours, ...(number.length === 15 ? [amex] : [])].flatMap((groups) =>
		separators.map((separator): [string, string] => [
			`grouped by ${JSON.stringify(separator)} (${groups.length})`,
			groups.join(separator)
		])
	);
}

/** A security code with what stands around it in JSON and in a form, written in other forms. */
function codeNeedles(code: string, index: number): Needle[] {
	return [`:"${code}",`, `:"${code}"}`, `=${code}&`].flatMap((context) => {
		const bytes = Buffer.from(context);
		const utf16 = Buffer.from(context, 'utf16le');
		const forms: [string, Buffer][] = [
			...base64Forms(bytes).filter(([, { length }]) => length > 6),
			['in hex', Buffer.from(bytes.toString('hex'))],
			['in UTF-16LE', utf16],
			['in UTF-16BE', Buffer.from(utf16).swap16()]
		];
		return forms.map(([form, needle]) => ({
			name: `security code ${index + 1} ${form}`,
			bytes: needle
		}));
	});
}

/**
 * A security code by itself. So few digits occur by chance, within ids, moments and encrypted text,
 * but there they have letters, digits or those texts' own punctuation around them; a code that was
 * written down stands between quotes, spaces, colons or bytes of another kind.
 */
function codePattern(code: string): RegExp {
	return new RegExp(`(?<![\\w+/.-])${code}(?![\\w+/.-])`);
}
