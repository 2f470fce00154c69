/** The zeros of the digits that people type: Arabic-Indic, Persian, Devanagari, Bengali, full width. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

/** A text with its digits as 0 to 9, and without the invisible marks of direction around them. */
export function latinDigits(text: string): string {
	return text
		.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
		.replace(/[^\P{Nd}0-9]/gu, (digit) => {
			const code = digit.charCodeAt(0);
			const zero = zeros.find((first) => code >= first && code < first + 10);
			return zero === undefined ? digit : String(code - zero);
		});
}
