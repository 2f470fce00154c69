import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as bookings from '$lib/server/ledger/bookings';
import type { Entry } from '$lib/server/ledger/posting';

/** Accounts as `account currency`, with what they got; what got nothing is left out. */
function got(entries: Entry[]): Record<string, number> {
	const sums: Record<string, number> = {};
	for (const { account, currency, amount } of entries) {
		const name = `${account} ${currency}`;
		sums[name] = (sums[name] ?? 0) + amount;
	}
	return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
}

const eur = (amount: number) => ({ currency: 'EUR', amount });
const usd = (amount: number) => ({ currency: 'USD', amount });

describe('in one currency', () => {
	const fees = { fee: 30, merchantFee: 20, fxFee: 0 };

	test('a deposit: the payer pays the fee on top, the merchant gets its own fee less', () => {
		const paid = bookings.depositPaid({ ...eur(1000), ...fees, provider: eur(1030) });
		expect(got(paid)).toEqual({ 'payers EUR': -1030, 'available EUR': 980, 'fees EUR': 50 });
	});

	test('a deposit that is taken back leaves nothing, not even the merchant’s fee', () => {
		const booked = { ...eur(1000), ...fees, provider: eur(1030) };
		const both = [...bookings.depositPaid(booked), ...bookings.depositReversed(booked)];
		expect(got(both)).toEqual({});
	});

	test('a payout: the payer gets the fee less, and nothing stays on the way', () => {
		const paid = bookings.payoutPaid({ ...eur(1000), ...fees, provider: eur(970) });
		expect(got(paid)).toEqual({
			'in_transit EUR': -1000,
			'payers EUR': 970,
			'fees EUR': 50,
			'available EUR': -20
		});
	});

	test('the whole way of a withdrawal leaves only what went out and the fees', () => {
		const entries = [
			...bookings.withdrawalRequested(eur(1000)),
			...bookings.payoutSent(eur(1000)),
			...bookings.payoutPaid({ ...eur(1000), ...fees, provider: eur(970) })
		];
		expect(got(entries)).toEqual({ 'available EUR': -1020, 'payers EUR': 970, 'fees EUR': 50 });
	});

	test('what is given up leaves nothing', () => {
		const asked = bookings.withdrawalRequested(eur(1000));
		expect(got(asked)).toEqual({ 'available EUR': -1000, 'reserved EUR': 1000 });
		expect(got([...asked, ...bookings.withdrawalReleased(eur(1000))])).toEqual({});
		const failed = [...bookings.payoutSent(eur(1000)), ...bookings.payoutFailed(eur(1000))];
		expect(got([...asked, ...failed])).toEqual({});
		const refund = { ...eur(1000), fee: 30 };
		const both = [...bookings.refundRequested(refund), ...bookings.refundFailed(refund)];
		expect(got(both)).toEqual({});
		expect(got(bookings.refundFailed({ ...eur(0), fee: 0 }))).toEqual({});
	});

	test('a refund with the fee undoes a deposit, the merchant’s own fee apart', () => {
		const entries = [
			...bookings.depositPaid({ ...eur(1000), ...fees, provider: eur(1030) }),
			...bookings.refundRequested({ ...eur(1000), fee: 30 }),
			...bookings.refundPaid({ ...eur(1000), fee: 30, provider: eur(1030), fxFee: 0 })
		];
		expect(got(entries)).toEqual({ 'available EUR': -20, 'fees EUR': 20 });
	});

	test('money without a use is the merchant’s only when it is applied', () => {
		const arrived = bookings.moneyUnapplied(eur(500));
		expect(got(arrived)).toEqual({ 'payers EUR': -500, 'unapplied EUR': 500 });
		expect(got([...arrived, ...bookings.unappliedReturned(eur(500))])).toEqual({});
	});

	test('money that differs from what was agreed on is a defect', () => {
		const deposit = { ...eur(1000), ...fees };
		expect(() => bookings.depositPaid({ ...deposit, provider: eur(1000) })).toThrow();
		expect(() => bookings.depositPaid({ ...deposit, provider: eur(1030), fxFee: 1 })).toThrow();
		expect(() => bookings.payoutPaid({ ...deposit, provider: eur(1000) })).toThrow();
		const refund = { ...eur(1000), fee: 30, fxFee: 0 };
		expect(() => bookings.refundPaid({ ...refund, provider: eur(1000) })).toThrow();
	});
});

describe('across two currencies', () => {
	const fees = { fee: 30, merchantFee: 20, fxFee: 12 };

	test('a deposit crosses fx, its fee for converting kept in the provider’s currency', () => {
		const paid = bookings.depositPaid({ ...eur(1000), ...fees, provider: usd(1132) });
		expect(got(paid)).toEqual({
			'payers USD': -1132,
			'fees USD': 12,
			'fx USD': 1120,
			'fx EUR': -1030,
			'available EUR': 980,
			'fees EUR': 50
		});
	});

	test('a payout crosses it the other way', () => {
		const paid = bookings.payoutPaid({ ...eur(1000), ...fees, provider: usd(1044) });
		expect(got(paid)).toEqual({
			'in_transit EUR': -1000,
			'fx EUR': 970,
			'fees EUR': 50,
			'available EUR': -20,
			'payers USD': 1044,
			'fees USD': 12,
			'fx USD': -1056
		});
	});

	test('a full refund undoes a deposit, the merchant’s own fee apart', () => {
		const refund = { ...eur(1000), fee: 30 };
		const entries = [
			...bookings.depositPaid({ ...eur(1000), ...fees, provider: usd(1132) }),
			...bookings.refundRequested(refund),
			...bookings.refundPaid({ ...refund, provider: usd(1132), fxFee: 12 })
		];
		expect(got(entries)).toEqual({ 'available EUR': -20, 'fees EUR': 20 });
	});
});

describe('whatever the amounts', () => {
	const amount = fc.integer({ min: 1, max: 999_999_999_999_999 });
	const fee = fc.integer({ min: 0, max: 1_000_000 });
	const facts = fc.record({ amount, fee, merchantFee: fee, fxFee: fee, moved: amount });

	function isBalanced(entries: Entry[]): boolean {
		const sums = new Map<string, bigint>();
		for (const { currency, amount } of entries) {
			expect(Object.is(amount, -0)).toBe(false);
			sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
		}
		return [...sums.values()].every((sum) => sum === 0n);
	}

	test('every booking adds up to 0 in each currency', () => {
		fc.assert(
			fc.property(facts, ({ amount, fee, merchantFee, fxFee, moved }) => {
				const own = { currency: 'EUR', amount };
				const booked = { ...own, fee, merchantFee };
				const refund = { ...own, fee };
				const all = { ...refund, provider: eur(amount + fee), fxFee: 0 };
				const named: Record<keyof typeof bookings, Entry[][]> = {
					depositPaid: [
						bookings.depositPaid({ ...booked, provider: eur(amount + fee), fxFee: 0 }),
						bookings.depositPaid({ ...booked, provider: usd(moved), fxFee })
					],
					depositReversed: [
						bookings.depositReversed({ ...booked, provider: eur(amount + fee), fxFee: 0 }),
						bookings.depositReversed({ ...booked, provider: usd(moved), fxFee })
					],
					payoutPaid: [
						bookings.payoutPaid({ ...booked, provider: eur(amount - fee), fxFee: 0 }),
						bookings.payoutPaid({ ...booked, provider: usd(moved), fxFee })
					],
					refundPaid: [
						bookings.refundPaid(all),
						bookings.refundPaid({ ...all, provider: usd(moved), fxFee })
					],
					refundRequested: [bookings.refundRequested(refund)],
					refundFailed: [bookings.refundFailed(refund)],
					withdrawalRequested: [bookings.withdrawalRequested(own)],
					withdrawalReleased: [bookings.withdrawalReleased(own)],
					payoutSent: [bookings.payoutSent(own)],
					payoutFailed: [bookings.payoutFailed(own)],
					moneyUnapplied: [bookings.moneyUnapplied(own)],
					unappliedReturned: [bookings.unappliedReturned(own)]
				};
				for (const [name, lists] of Object.entries(named)) {
					expect([name, lists.every(isBalanced)]).toEqual([name, true]);
				}
			})
		);
	});
});
