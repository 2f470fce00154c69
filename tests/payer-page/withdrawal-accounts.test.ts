import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	countries,
	localAccountProblem,
	usesIban
} from '../../src/lib/server/payer-page/withdrawal/local-account';
import {
	maskIban,
	maskLocalAccount,
	maskPhone,
	maskWallet
} from '../../src/lib/server/payer-page/withdrawal/mask';
import {
	readIban,
	readLocalAccount,
	readPayoutCard,
	readPhone,
	readWallet,
	type TypedAccount
} from '../../src/lib/server/payer-page/withdrawal/read-account';
import { enteredAccount } from '../../src/lib/server/payer-page/withdrawal/view-account';
import { ibans } from '../payments/withdraw';

const nothing: TypedAccount = {
	iban: '',
	country: '',
	bank_code: '',
	account_number: '',
	holder: 'Ada Payer',
	wallet: '',
	phone: '',
	number: '',
	expiry: ''
};

const problemsOf = (read: object) => ('problems' in read ? read.problems : null);

describe('an IBAN', () => {
	test.each([
		['DE89370400440532013000', 'DE89370400440532013000'],
		[' de89 3704 0044 0532 0130 00 ', 'DE89370400440532013000'],
		['DE89-3704-0044-0532-0130-00', 'DE89370400440532013000'],
		['DE٨٩ ٣٧٠٤ ٠٠٤٤ ٠٥٣٢ ٠١٣٠ ٠٠', 'DE89370400440532013000']
	])('%s', (typed, iban) => {
		expect(readIban({ ...nothing, iban: typed })).toEqual({
			destination: { kind: 'iban', iban, holder: 'Ada Payer' },
			label: 'DE•• •••• 3000'
		});
	});

	test.each([
		['', 'missing'],
		['4242424242424242', 'country'],
		['ZZ89370400440532013000', 'country'],
		['DE8937040044053201300', 'length'],
		['DE89370400440532013001', 'wrong'],
		['BE68539007547035', 'wrong']
	])('%s: %s', (iban, problem) => {
		expect(problemsOf(readIban({ ...nothing, iban }))).toEqual({
			iban: `account.iban.problem.${problem}`
		});
	});

	test('no single wrong character and no two neighbours swapped pass', () => {
		const places = fc.tuple(
			fc.constantFrom(...Object.values(ibans)),
			fc.integer({ min: 4, max: 14 }),
			fc.integer({ min: 1, max: 9 })
		);
		fc.assert(
			fc.property(places, ([iban, at, by]) => {
				const digit = Number(iban[at]);
				fc.pre(Number.isInteger(digit));
				const wrong = iban.slice(0, at) + String((digit + by) % 10) + iban.slice(at + 1);
				expect(problemsOf(readIban({ ...nothing, iban: wrong }))).not.toBeNull();
				const [one = '', other = ''] = iban.slice(at, at + 2);
				fc.pre(one !== other);
				const swapped = iban.slice(0, at) + other + one + iban.slice(at + 2);
				expect(problemsOf(readIban({ ...nothing, iban: swapped }))).not.toBeNull();
			})
		);
	});

	test.each([
		['', 'missing'],
		['   ', 'missing'],
		['12345', 'wrong'],
		['4242 4242 4242 4242 Ada', 'wrong'],
		['A'.repeat(71), 'too_long']
	])('its holder: %s is %s', (holder, problem) => {
		const read = readIban({ ...nothing, iban: ibans.paid, holder });
		expect(problemsOf(read)).toEqual({ holder: `account.holder.problem.${problem}` });
	});
});

describe('a local account', () => {
	test.each([
		['US', '021000021', '000123456789', null],
		['US', '021000022', '000123456789', 'bank_code'],
		['US', '000000000', '000123456789', 'bank_code'],
		['US', '021000021', '12', 'account_number'],
		['GB', '601613', '31926819', null],
		['GB', '60161', '31926819', 'bank_code'],
		['IN', 'SBIN0001234', '12345678901', null],
		['IN', 'SBIN1001234', '12345678901', 'bank_code'],
		['JP', '0001', '1234567', null],
		// The inner part of an IBAN, with the country's own check digits.
		['BE', '539', '007547034', null],
		['BE', '539', '007547035', 'pair'],
		['NO', '8601', '1117947', null],
		['NO', '8601', '1117948', 'pair'],
		['DE', '37040044', '0532013000', null],
		['DE', '37040044', '532013000', 'pair']
	])('%s %s %s: %s', (country, bankCode, number, problem) => {
		expect(localAccountProblem(country, { bankCode, number })).toBe(problem);
	});

	test('is read as people type it', () => {
		const typed = { country: 'GB', bank_code: '60-16-13', account_number: '3192 6819' };
		expect(readLocalAccount({ ...nothing, ...typed })).toEqual({
			destination: {
				kind: 'local_account',
				country: 'GB',
				bankCode: '601613',
				number: '31926819',
				holder: 'Ada Payer'
			},
			label: 'GB •••• 6819'
		});
	});

	test('names every faulty field', () => {
		expect(problemsOf(readLocalAccount({ ...nothing, country: 'XX', holder: '' }))).toEqual({
			country: 'account.country.problem.missing',
			bank_code: 'account.bank_code.problem.missing',
			account_number: 'account.account_number.problem.missing',
			holder: 'account.holder.problem.missing'
		});
	});

	test('people use IBANs in most of Europe, and not in the US and the UK', () => {
		expect(['DE', 'FR', 'AE', 'SA'].map(usesIban)).toEqual([true, true, true, true]);
		expect(['US', 'GB', 'AU', 'JP', 'ZZ'].map(usesIban)).toEqual(Array(5).fill(false));
		expect(countries.length).toBeGreaterThan(240);
	});
});

describe('a wallet', () => {
	test.each(['paid@example.com', 'A.b+c@sub.example.org', 'pebble-1234', 'ada_99'])(
		'%s',
		(wallet) => {
			const read = readWallet({ ...nothing, wallet: ` ${wallet} ` });
			expect(read).toMatchObject({ destination: { kind: 'wallet', wallet } });
		}
	);

	test.each(['@example.com', 'a@b', 'a b', 'a@b..c', 'ab', '4242424242424242', '<b> @example.com'])(
		'not %s',
		(wallet) => {
			const problems = problemsOf(readWallet({ ...nothing, wallet }));
			expect(problems).toEqual({ wallet: 'account.wallet.problem.wrong' });
		}
	);
});

describe('a telephone number', () => {
	test.each([
		['+44 7911 123456', null, '+447911123456'],
		['0044 7911 123456', null, '+447911123456'],
		['07911 123456', 'GB', '+447911123456'],
		['+971 50 123 4567', 'GB', '+971501234567'],
		['٠٧٩١١ ١٢٣٤٥٦', 'GB', '+447911123456']
	])('%s in %s', (phone, country, e164) => {
		expect(readPhone({ ...nothing, phone }, country)).toMatchObject({
			destination: { kind: 'phone', phone: e164 }
		});
	});

	test.each([
		['', 'GB', 'missing'],
		['07911 123456', null, 'country'],
		['07911 123456', 'ZZ', 'country'],
		['12', 'GB', 'wrong'],
		['+999 123 456', 'GB', 'wrong']
	])('not %s in %s: %s', (phone, country, problem) => {
		expect(problemsOf(readPhone({ ...nothing, phone }, country))).toEqual({
			phone: `account.phone.problem.${problem}`
		});
	});
});

test('a card needs number and expiry alone', () => {
	const how = { now: Date.parse('2026-11-21'), brands: ['visa'], holderName: '' };
	const typed = { ...nothing, number: '4242 4242 4242 4242', expiry: '12/30' };
	expect(readPayoutCard(typed, how)).toEqual({
		card: {
			number: '4242424242424242',
			expiryMonth: 12,
			expiryYear: 2030,
			securityCode: '',
			holderName: ''
		}
	});
	expect(problemsOf(readPayoutCard({ ...typed, expiry: '12/20' }, how))).toEqual({
		expiry: 'card.expiry.problem.expired'
	});
	expect(problemsOf(readPayoutCard({ ...typed, number: '' }, how))).toEqual({
		number: 'card.number.problem.missing'
	});
});

test('labels tell an account to its owner only', () => {
	expect(maskIban(ibans.paid)).toBe('DE•• •••• 3000');
	expect(maskLocalAccount('US', '000123456789')).toBe('US •••• 6789');
	expect(maskLocalAccount('JP', '1234')).toBe('JP •••• 34');
	expect(maskPhone('+447911123252', '44')).toBe('+44 •••• 252');
	expect(maskWallet('paid@example.com')).toBe('p•••@example.com');
	expect(maskWallet('pebble-1234')).toBe('p•••34');
	expect(maskWallet('ada_99')).toBe('a•••');
});

test('what is shown again: no card number, whichever field it was typed into', () => {
	const number = '4242 4242 4242 4242';
	const everywhere = Object.fromEntries(Object.keys(nothing).map((name) => [name, number]));
	const shown = enteredAccount({ ...nothing, ...everywhere }, {});
	expect(JSON.stringify(shown)).not.toContain('4242');
	// Its digits pass Luhn, as those of one IBAN in ten do.
	for (const iban of Object.values(ibans)) {
		expect(enteredAccount({ ...nothing, iban }, {}).typed.iban).toBe(iban);
	}
});
