import type { Money } from '$lib/money/money';
import type { Context } from '$lib/server/context';
import { epcCode } from './epc-code';
import { accountFor, BANK, HOLDER } from './transfer-accounts';

/** How to pay by transfer: what a bank's form asks for, in its order, and the QR code's text. */
interface Instructions {
	fields: { name: string; value: string }[];
	qr: string | null;
}

/** Crockford's base 32: no letter that looks like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Short enough to type, as `CD-7K3M-92QF`; the table's index keeps them apart. */
export function newReference({ random }: Context): string {
	const letters = Array.from(random.bytes(8), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
	return `CD-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** A reference as somebody typed it, in the form in which it is kept. */
export function plainReference(typed: string): string {
	const letters = typed
		.toUpperCase()
		.replace(/[\s-]/g, '')
		.replace(/^CD/, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	return `CD-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export function instructionsFor(money: Money, reference: string): Instructions {
	const account = accountFor(money.currency);
	const ends = [
		{ name: 'bank', value: BANK },
		{ name: 'reference', value: reference }
	];
	const holder = { name: 'holder', value: HOLDER };
	if ('iban' in account) {
		const { iban, bic } = account;
		const middle = [
			{ name: 'iban', value: iban },
			{ name: 'bic', value: bic }
		];
		const qr = epcCode(money, { ...account, holder: HOLDER, reference });
		return { fields: [holder, ...middle, ...ends], qr };
	}
	const middle = [
		{ name: 'account_number', value: account.accountNumber },
		{ name: 'bank_code', value: account.bankCode }
	];
	return { fields: [holder, ...middle, ...ends], qr: null };
}
