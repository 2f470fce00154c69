const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A whole number from 0 in base 62, filled up with zeros to a fixed length. */
export function toBase62(value: bigint | number, length: number): string {
	let rest = BigInt(value);
	let text = '';
	while (rest > 0n) {
		text = alphabet.charAt(Number(rest % 62n)) + text;
		rest /= 62n;
	}
	return text.padStart(length, '0');
}
