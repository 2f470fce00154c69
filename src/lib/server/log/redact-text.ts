import { hideCardNumbers } from './hide-card-numbers';

/** Characters of one text that are kept. */
const longestText = 16_384;

/** A card number with three separators of three characters between its digits is shorter. */
const overlap = 200;

const secretName = new RegExp(
	[
		'password|passwd|passphrase|secret|token|cookie|authorization|apikey|privatekey|credential',
		'cardnumber|cardno|accountnumber|securitycode|verificationvalue|signature|cvc|cvv',
		'^(?:card)?(?:csc|cvn|cid)2?$|^(?:pan|pin|otp|pwd|pass|track[12]?(?:data)?)$'
	].join('|')
);

/** `"cvc": "123"`, `card[cvc]=123`, `cvc: 123`, also with quotes or brackets escaped. */
const namedValue = new RegExp(
	[
		'(?:(?<=%[0-9A-F]{2})|(?<![\\w.-]))([A-Z][\\w.-]{0,60})',
		'((?:\\]|%5D|\\\\*["\'])?\\s{0,3}[:=]\\s{0,3})',
		'("(?:[^"\\\\]|\\\\.)*"?|\\\\+"[^"]*"?|\'[^\']*\'?|(?:\\[card\\]|[^\\s"\',;&}\\])])+)'
	].join(''),
	'gi'
);
const element = /<([\w:.-]{1,60})((?:\s[^<>]*)?>)[^<]+/g;
const header = /\b((?:set-)?cookie|(?:proxy-)?authorization)(\s*[:=]\s*)[^\s"'][^\r\n"'}]*/gi;

/** What gives itself away without a name. */
const known: [RegExp, string][] = [
	// The token of a session in the address of its page.
	[/((?:\/|%2F)pay(?:\/|%2F))[^\s/?#"'<>&]+/gi, '$1[redacted]'],
	[/\b(cd_test|cd_live|spg_test|spg_live|whsec)_[\w+/=-]{8,}/g, '$1_[redacted]'],
	[/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 [redacted]'],
	[/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, '[redacted]'],
	[/(:\/\/)[^\s/@"'<>]+@/g, '$1[redacted]@']
];

/** Whether a field of this name holds a secret or card data, in whatever style it is written. */
export function isSecretName(name: string): boolean {
	return secretName.test(name.replace(/[^A-Za-z0-9]/g, '').toLowerCase());
}

/**
 * A text without card numbers, without what a secret's name stands before, and without our own keys
 * and tokens. Cut after `longest` characters, never through a card number that would then be missed.
 */
export function redactText(text: string, longest = longestText): string {
	if (text.length <= longest) return redactWhole(text);
	const start = redactWhole(text.slice(0, longest + overlap));
	return `${start.slice(0, Math.min(longest, Math.max(0, start.length - overlap)))}…`;
}

function redactWhole(text: string): string {
	let shown = hideCardNumbers(text);
	if (/[:=]/.test(shown)) {
		shown = shown.replace(header, '$1$2[redacted]').replace(namedValue, hideNamedValue);
	}
	if (shown.includes('<')) {
		shown = shown.replace(element, (whole, name: string, rest: string) =>
			isSecretName(name) ? `<${name}${rest}[redacted]` : whole
		);
	}
	for (const [pattern, replacement] of known) shown = shown.replace(pattern, replacement);
	return shown;
}

function hideNamedValue(whole: string, name: string, between: string, value: string): string {
	if (!isSecretName(name)) return whole;
	const quote = /^\\*["']/.exec(value)?.[0] ?? '';
	return `${name}${between}${quote}[redacted]${quote}`;
}
