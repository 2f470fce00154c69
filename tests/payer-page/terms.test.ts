import { beforeEach, expect, test } from 'vitest';
import {
	readMerchantSettings,
	saveMerchantSettings,
	type MerchantSettings
} from '../../src/lib/server/merchants/merchant-settings';
import { setRate } from '../../src/lib/server/rates/set-rate';
import { saveAccountSettings } from '../../src/lib/server/routing/account-settings';
import { saveRoutingSet } from '../../src/lib/server/routing/routing-set';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';
import { cardFields, visit } from './payer-visit';
import { someOrder } from './some-order';

const APPROVED = '4242 4242 4242 4242';
const MINUTE = 60_000;
const order = { ...someOrder, amount: 10_000, methods: ['card'] };

const fee = (fixed: number) => ({
	method: null,
	intent: 'deposit' as const,
	currency: 'EUR',
	fixed,
	percent: '0',
	bearer: 'payer' as const
});

describeOnEachEngine('what a payment costs', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	function setAccount(settings: Parameters<typeof saveAccountSettings>[3], id = shop.accountId) {
		const { context } = shop;
		return context.db.inTransaction((tx) => saveAccountSettings(context, tx, id, settings));
	}

	async function setMerchant(change: Partial<MerchantSettings>) {
		const { context, application } = shop;
		const { merchantId } = application;
		const before = await readMerchantSettings(context, merchantId, 'test');
		await context.db.inTransaction((tx) =>
			saveMerchantSettings(context, tx, merchantId, 'test', { ...before, ...change })
		);
	}

	async function rate(value: string) {
		const { context } = shop;
		const date = new Date(context.clock.now()).toISOString().slice(0, 10);
		const published = { base: 'EUR', quote: 'USD', rate: value, source: 'ECB', date };
		await context.db.inTransaction((tx) => setRate(context, tx, published));
	}

	const rowsOf = (view: {
		form?: { terms?: { rows: { term: string; value: string }[] } | null };
	}) => view.form?.terms?.rows.map(({ term, value }) => `${term}: ${value}`);

	test('a fee: amount, fee and total, on the button too, and on the result', async () => {
		await setAccount({ fees: [fee(150)] });
		const payer = await visit(shop, order);
		const view = await payer.view();
		if (view.step !== 'form') throw new Error(view.step);
		expect(rowsOf(view)).toEqual(['Amount: €100.00', 'Fee: €1.50', 'Total: €101.50']);
		expect(view.form.pay).toBe('Pay €101.50');
		await payer.pay(APPROVED);
		expect(await payer.view()).toMatchObject({
			result: { facts: [{ value: '€100.00' }, { value: '€1.50' }, { value: '€101.50' }, {}] }
		});
	});

	test('a conversion: both amounts, the rate with its source and day, and its fee', async () => {
		await rate('1.25');
		await setAccount({ currencies: ['USD'], fxPercent: '1' });
		const payer = await visit(shop, order);
		const view = await payer.view();
		if (view.step !== 'form') throw new Error(view.step);
		const [, rateRow, ...rest] = rowsOf(view) ?? [];
		expect(rateRow).toMatch(/^Exchange rate: 1 EUR = 1\.25 USD, ECB, [A-Z][a-z]{2} \d+, \d{4}$/);
		expect(rest).toEqual(['Fee for the conversion: $1.25', 'You are charged: $126.25']);
		expect(view.form.pay).toBe('Pay $126.25');
		expect(view.summary.amount).toBe('€100.00');
		await payer.pay(APPROVED);
		expect((await payer.scene()).payment).toMatchObject({
			state: 'succeeded',
			amount: 10_000,
			attempt: { amount: 12_625, currency: 'USD' }
		});
	});

	test('the choice tells the fee and the conversion beforehand', async () => {
		await rate('1.25');
		await setAccount({ currencies: ['USD'], fees: [fee(150)] });
		const view = await (await visit(shop, { ...order, methods: null })).view();
		if (view.step !== 'method') throw new Error(view.step);
		expect(view.methods?.choices[0]?.facts).toEqual([
			'+ €1.50 fee',
			'Charged in USD',
			'Arrives at once'
		]);
	});

	test('terms that have changed are shown before anything is charged', async () => {
		await setAccount({ fees: [fee(150)] });
		const payer = await visit(shop, order);
		const old = await cardFields(await payer.view());
		await setAccount({ fees: [fee(250)] });
		// The quote holds for a while, whatever the merchant changes.
		shop.context.clock.advance(15 * MINUTE + 1);
		const answer = await payer.submit({ ...old, number: APPROVED, keep: 'on' });
		if (!('refused' in answer)) throw new Error('It was taken');
		const view = await payer.view('', answer.refused);
		if (view.step !== 'form') throw new Error(view.step);
		expect(view.notice?.lines.join()).toContain('The terms have changed');
		expect(view.form).toMatchObject({
			pay: 'Pay €102.50',
			retype: expect.any(String),
			fields: {
				expiry: { value: '12 / 30' },
				name: { value: 'Ada Payer' },
				keep: { checked: true }
			}
		});
		expect(JSON.stringify([answer, view.form])).not.toMatch(/4242.?4242|737/);
		expect((await payer.scene()).payment.tries).toBe(0);
		const fields = { ...(await cardFields(view)), number: APPROVED };
		expect(await payer.submit(fields)).toEqual({ path: `/pay/${payer.token}` });
		expect((await payer.scene()).payment.attempt).toMatchObject({ fee: 250, amount: 10_250 });
	});

	test('a card that the rules send elsewhere is quoted there, once it is known', async () => {
		const elsewhere = await shop.addAccount({ settings: { fees: [fee(300)] } });
		const { context, application } = shop;
		const rule = (name: string, when: object, account: number) => ({
			name,
			when,
			choices: [[{ account, weight: 1 }]],
			onFailure: { next: false, limit: 1 }
		});
		await context.db.inTransaction((tx) =>
			saveRoutingSet(context, tx, {
				merchantId: application.merchantId,
				mode: 'test',
				name: 'By brand',
				isDefault: true,
				rules: [rule('visa', { brands: ['visa'] }, elsewhere), rule('rest', {}, shop.accountId)]
			})
		);
		const payer = await visit(shop, order);
		expect(await payer.view()).toMatchObject({ form: { terms: null } });
		const answer = await payer.pay(APPROVED);
		if (!('refused' in answer)) throw new Error('It was taken');
		const view = await payer.view('', answer.refused);
		expect(view).toMatchObject({ form: { pay: 'Pay €103.00' } });
		await payer.submit({ ...(await cardFields(view)), number: APPROVED });
		expect(await payer.view()).toMatchObject({ result: { outcome: 'succeeded' } });
	});

	test('limits are told before they are exceeded, and what is in the way when they are', async () => {
		await setAccount({
			limits: [{ method: 'card', intent: null, currency: 'EUR', lowest: 500, highest: 5000 }]
		});
		const both = { ...order, methods: ['card', 'voucher'] };
		const [card] = await choices(both);
		expect(card).toMatchObject({ because: 'Only up to €50.00', chosen: false });
		const [small, voucher] = await choices({ ...both, amount: 499 });
		expect(small).toMatchObject({ because: 'Only from €5.00' });
		expect(voucher).toMatchObject({ because: null, chosen: true });
		const [fits] = await choices({ ...both, amount: 500 });
		expect(fits?.facts).toContain('From €5.00 to €50.00');
		const only = await visit(shop, order);
		expect(await only.view()).toMatchObject({
			step: 'method',
			methods: null,
			unavailable: ['No way to pay at the moment', 'Only up to €50.00', expect.any(String)]
		});
		const open = await visit(shop, { ...order, amount: null, amountEditable: true });
		expect(await open.view()).toMatchObject({ amount: { hint: 'From €5.00 to €50.00' } });
	});

	async function choices(wanted: typeof someOrder) {
		const view = await (await visit(shop, wanted)).view();
		return view.step === 'method' ? (view.methods?.choices ?? []) : [];
	}

	test('a merchant’s limit: what is left of it, and when it is free again', async () => {
		const daily = {
			intent: 'deposit',
			method: null,
			currency: 'EUR',
			period: 'day',
			amount: 15_000,
			uses: null
		} as const;
		await setMerchant({ limits: [daily] });
		const several = { ...order, amount: 100, methods: ['card', 'voucher'] };
		expect((await choices(several))[0]?.facts).toContain('At most €150.00');
		const atAccount = { method: 'card', intent: null, currency: 'EUR', lowest: null };
		await setAccount({ limits: [{ ...atAccount, highest: 14_000 }] });
		expect((await choices(several))[0]?.facts).toContain('At most €140.00');
		const first = await visit(shop, order);
		await first.pay(APPROVED);
		const second = await visit(shop, order);
		expect(JSON.stringify(await second.view())).toContain('you can pay €50.00 at most');
		await (await visit(shop, { ...order, amount: 5000 })).pay(APPROVED);
		const view = JSON.stringify(await (await visit(shop, { ...order, amount: 100 })).view());
		expect(view).toMatch(/You have reached your limit\. Possible again from [^"]+ UTC/);
		// Not even an amount is asked for.
		const open = await visit(shop, { ...order, amount: null, amountEditable: true });
		expect(await open.view()).toMatchObject({ step: 'method', unavailable: expect.any(Array) });
	});

	test('who has to be verified first is told so', async () => {
		await setMerchant({ kyc: { deposit: ['passed'], withdrawal: ['passed'] } });
		const view = await (await visit(shop, order)).view();
		expect(JSON.stringify(view)).toContain('Pelican Books has to verify who you are first');
		const verified = { ...order, customer: { kyc_status: 'passed' } };
		expect((await (await visit(shop, verified)).view()).step).toBe('form');
	});

	test('a way that closes while its form is open charges nothing and is told', async () => {
		const payer = await visit(shop, { ...order, methods: ['card', 'voucher'] });
		const fields = await cardFields(await payer.view('?method=card'));
		const { context } = shop;
		await setAccount({ maintenance: [{ from: 0, until: context.clock.now() + MINUTE }] });
		const answer = await payer.submit({ ...fields, number: APPROVED });
		expect(answer).toEqual({ path: `/pay/${payer.token}?notice=unavailable` });
		const view = await payer.view('?notice=unavailable');
		expect(JSON.stringify(view)).toContain('Out of order at the moment');
		expect((await payer.scene()).payment.tries).toBe(0);
	});
});
