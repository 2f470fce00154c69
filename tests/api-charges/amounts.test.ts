import { data } from 'currency-codes';
import { describe, expect, test } from 'vitest';
import { isCurrency } from '$lib/money/currencies';
import { isWholeUnitCurrency } from '$lib/money/whole-unit-currencies';
import { readUnits, viewUnits, wholeUnitCurrencies } from '$lib/server/api-charges/amounts';
import { expectRefusal } from './expect-refusal';
import { describeCharges, someCharge } from './stage';

/** What a charge says, what the core holds in minor units, and the decimal beside it. */
const cases = [
	['YER', 2000, 200_000, '2000'],
	['USD', 2000, 2000, '20.00'],
	['JPY', 2000, 2000, '2000'],
	['KWD', 2000, 2000, '2.000'],
	['IQD', 2000, 2_000_000, '2000'],
	['CLF', 1, 1, '0.0001'],
	['YER', 9_999_999_999_999, 999_999_999_999_900, '9999999999999'],
	['IQD', 999_999_999_999, 999_999_999_999_000, '999999999999'],
	['USD', 999_999_999_999_999, 999_999_999_999_999, '9999999999999.99'],
	['XOF', 1, 1, '1']
] as const;

describe('the amount of a charge', () => {
	test.each(cases)('%s %d is %d minor units', (currency, amount, minor, decimal) => {
		expect(readUnits(String(amount), currency)).toBe(minor);
		expect(viewUnits(minor, currency)).toEqual({ amount, amount_decimal: decimal });
	});

	test.each(['YER', 'USD', 'JPY', 'KWD', 'IQD'])('of %s has a limit', (currency) => {
		expect(readUnits('9'.repeat(16), currency)).toBeUndefined();
		expect(readUnits('1' + '0'.repeat(15), currency)).toBeUndefined();
	});

	test('is in whole units for the currencies that are named, and for no other', () => {
		const codes = data.map(({ code }) => code).filter(isCurrency);
		expect(codes.filter(isWholeUnitCurrency).sort()).toEqual(wholeUnitCurrencies);
	});
});

describeCharges('the amount', (stage) => {
	test.each(cases)('%s %d is kept exactly', async (currency, amount, minor, decimal) => {
		const order = { ...someCharge(), currency, amount };
		const charge = await stage.create(order);
		expect(charge).toMatchObject({ amount, currency, amount_decimal: decimal });
		const row = await stage.context.db.read
			.selectFrom('transactions')
			.select(['amount', 'currency'])
			.where('reference', '=', order.reference)
			.executeTakeFirstOrThrow();
		expect(row).toEqual({ amount: minor, currency });
	});

	test.each([
		['YER', '10000000000000'],
		['IQD', '1000000000000'],
		['USD', '1000000000000000'],
		['USD', '99999999999999999999999999'],
		['USD', '0'],
		['USD', '-1'],
		['USD', '20.00'],
		['USD', '2e3'],
		['USD', '"2000"'],
		['USD', 'null'],
		['USD', '[2000]'],
		['USD', '{}'],
		['USD', 'true']
	])('%s %s is refused', async (currency, written) => {
		const before = await stage.countRows();
		const body = JSON.stringify({ ...someCharge(), currency, amount: 0 });
		const reply = await stage.call({ body: body.replace('"amount":0', `"amount":${written}`) });
		expectRefusal(reply, 422, 'invalid', 'amount');
		expect(await stage.countRows()).toBe(before);
	});
});
