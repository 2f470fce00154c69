/**
 * The integer that stands for a decimal, its digits moved as text: "10.05" with 2 digits is 1005.
 * What can be none stays as it was typed, for the API to refuse.
 */
export function wholeNumber(amount: string, digits: number): number | string {
	const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d+))?$/.exec(amount) ?? [];
	if (whole === undefined || part.length > digits) return amount;
	return Number(whole + part.padEnd(digits, '0'));
}
