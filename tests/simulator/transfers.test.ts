import { isValidBIC, isValidIBAN } from 'ibantools';
import { describe, expect, test } from 'vitest';
import { MAX_AMOUNT } from '$lib/money/money';
import { simulator } from '$lib/server/providers/simulator/simulator';
import { epcCode } from '$lib/server/simulator/epc-code';
import { instructionsFor, newReference, plainReference } from '$lib/server/simulator/instructions';
import { creditTransfer, findTransfer } from '$lib/server/simulator/transfers';
import { describeOnEachEngine } from '../databases';
import { openSimulation, orderWith } from './open-simulation';

const fieldsOf = (currency: string, amount = 1005) => {
	const { fields, qr } = instructionsFor({ amount, currency }, 'CD-7K3M-92QF');
	return { ...Object.fromEntries(fields.map(({ name, value }) => [name, value])), qr };
};

describe('where a transfer goes to', () => {
	test.each(['EUR', 'CHF', 'AED', 'SAR', 'KWD', 'BHD', 'QAR', 'JOD', 'TRY', 'PLN', 'SEK'])(
		'%s: an IBAN whose check digits are right, of a bank that is none',
		(currency) => {
			const { iban = '', bic = '', ...rest } = fieldsOf(currency) as Record<string, string>;
			expect(isValidIBAN(iban)).toBe(true);
			expect(isValidBIC(bic)).toBe(true);
			expect(rest).toMatchObject({ reference: 'CD-7K3M-92QF', bank: 'Simulated Bank' });
		}
	);

	test('GBP: sort code and account number; USD: a routing number that checks', () => {
		expect(fieldsOf('GBP')).toMatchObject({
			bank_code: expect.stringMatching(/^\d\d-\d\d-\d\d$/),
			account_number: expect.stringMatching(/^\d{8}$/),
			qr: null
		});
		const { bank_code = '' } = fieldsOf('USD') as Record<string, string>;
		const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
		const sum = weights.reduce((total, weight, at) => total + weight * Number(bank_code[at]), 0);
		expect(bank_code).toHaveLength(9);
		expect(sum % 10).toBe(0);
	});

	test('any other currency has an account, too, and no code', () => {
		expect(fieldsOf('JPY')).toMatchObject({ account_number: expect.any(String), qr: null });
	});
});

describe('the code to scan', () => {
	test('says by EPC069-12 who gets what', () => {
		expect(fieldsOf('EUR').qr?.split('\n')).toEqual([
			'BCD',
			'002',
			'1',
			'SCT',
			'CDSKDEF0XXX',
			'Cashdesk Simulator',
			'DE34999999990000001742',
			'EUR10.05',
			'',
			'',
			'CD-7K3M-92QF'
		]);
	});

	test.each([
		[1, 'EUR0.01'],
		[99_999_999_999, 'EUR999999999.99']
	])('writes %i cents as %s', (amount, text) => {
		expect(fieldsOf('EUR', amount).qr).toContain(`\n${text}\n`);
	});

	test('is none for more than it can say, or for another currency', () => {
		const to = { bic: '', holder: '', iban: '', reference: '' };
		expect(epcCode({ amount: 100_000_000_000, currency: 'EUR' }, to)).toBeNull();
		expect(epcCode({ amount: 1005, currency: 'CHF' }, to)).toBeNull();
	});
});

describeOnEachEngine('transfers', (open) => {
	async function openTransfer() {
		const simulation = await openSimulation(open);
		const { context, call } = simulation;
		await simulator.payByTransfer(call, { ...orderWith(context, 'a1'), payUntil: 0 });
		const row = () =>
			context.db.read.selectFrom('simulator_payments').selectAll().executeTakeFirstOrThrow();
		const receipts = () =>
			context.db.read
				.selectFrom('simulator_receipts')
				.select('amount')
				.orderBy('amount', 'desc')
				.execute();
		return { ...simulation, row, receipts };
	}

	test('a reference is short, readable and found again however it is typed', async () => {
		const { context, row } = await openTransfer();
		const { reference } = await row();
		expect(reference).toMatch(/^CD-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
		const typed = ` ${String(reference).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')}`;
		const found = await findTransfer(context.db.read, plainReference(typed));
		expect(found?.attempt_id).toBe('a1');
		const many = Array.from({ length: 1_000 }, () => newReference(context));
		expect(new Set(many).size).toBe(1_000);
	});

	test('the state follows the sum, and each credit is a row', async () => {
		const { context, row, receipts } = await openTransfer();
		await creditTransfer(context, 'a1', 1_000);
		expect(await row()).toMatchObject({ state: 'awaiting', received: 1_000, charges: 1 });
		await creditTransfer(context, 'a1', 5);
		expect(await row()).toMatchObject({ state: 'succeeded', received: 1_005, charges: 2 });
		await creditTransfer(context, 'a1', 7);
		expect(await row()).toMatchObject({ state: 'succeeded', received: 1_012, charges: 3 });
		expect(await receipts()).toEqual([{ amount: 1_000 }, { amount: 7 }, { amount: 5 }]);
	});

	test('credits at the same time are all there, and the last word has all of them', async () => {
		const { context, row, call, advance } = await openTransfer();
		await Promise.all(Array.from({ length: 10 }, () => creditTransfer(context, 'a1', 200)));
		expect(await row()).toMatchObject({ state: 'succeeded', received: 2_000, charges: 10 });
		advance(1_000);
		const asked = { attemptId: 'a1', providerReference: null };
		const outcome = await simulator.inquire(call, asked);
		expect(outcome.kind === 'received' ? outcome.receipts : []).toHaveLength(10);
		const bodies = await context.db.read.selectFrom('simulator_messages').select('body').execute();
		const counts = bodies.map(({ body }) => JSON.parse(body).receipts.length as number);
		expect(counts.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	});

	test('more than an amount can say is refused', async () => {
		const { context, row } = await openTransfer();
		expect(await creditTransfer(context, 'a1', MAX_AMOUNT)).toBe(true);
		expect(await creditTransfer(context, 'a1', 1)).toBe(false);
		expect(await row()).toMatchObject({ received: MAX_AMOUNT, charges: 1 });
	});

	test('nothing is credited to what is no transfer', async () => {
		const { context, call } = await openTransfer();
		await simulator.payByRedirect(call, orderWith(context, 'a2'));
		expect(await creditTransfer(context, 'a2', 5)).toBe(false);
		expect(await creditTransfer(context, 'unknown', 5)).toBe(false);
	});

	test('a refund of a transfer is bounded by what arrived', async () => {
		const { context, call, row } = await openTransfer();
		await creditTransfer(context, 'a1', 2_000);
		const { id } = await row();
		const refund = (amount: number, refundId: string) =>
			simulator.refund(call, {
				refundId,
				attemptId: 'a1',
				providerReference: id,
				amount: { amount, currency: 'EUR' }
			});
		expect(await refund(2_001, 'r1')).toMatchObject({ kind: 'failed' });
		expect(await refund(2_000, 'r2')).toMatchObject({ kind: 'succeeded' });
	});
});
