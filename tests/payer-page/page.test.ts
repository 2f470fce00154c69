import { beforeAll, describe, expect, test } from 'vitest';
import { readScene } from '../../src/lib/server/payer-page/scene';
import { cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import { settleOpenAttempt } from '../../src/lib/server/payments/settle-attempt';
import type { Order } from '../../src/lib/server/sessions/open-session';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';
import { cardFields, visit } from './payer-visit';
import { someOrder } from './some-order';

const APPROVED = '4242 4242 4242 4242';
const DECLINED = '4000 0000 0000 0002';
const CHALLENGE = '4000 0000 0000 3220';
const MINUTE = 60_000;

const order: Order = { ...someOrder, methods: ['card'] };

const chosen: Partial<Order> = {
	amount: null,
	amountEditable: true,
	lowestAmount: 500,
	highestAmount: 200_000,
	presetAmounts: [1000, 2000]
};

describeOnEachEngine("the payer's page", (open) => {
	let shop: Shop;
	beforeAll(async () => {
		shop = await openShop(open);
	});

	test('a token that opens nothing', async () => {
		const url = new URL('http://localhost/pay/x');
		expect(await readScene(shop.context, 'x', url, new Headers())).toBeUndefined();
		expect(await readScene(shop.context, 'A'.repeat(43), url, new Headers())).toBeUndefined();
	});

	test('the form: what is paid, to whom, and how much', async () => {
		const view = await (await visit(shop, order)).view();
		expect(view).toMatchObject({
			step: 'form',
			title: 'Pay Pelican Books',
			testMark: 'Test mode',
			summary: { amount: '€10.05', description: 'Two paperbacks' },
			form: { pay: 'Pay €10.05', quote: null, terms: null, fields: { kind: 'card' } },
			other: null,
			change: null,
			facts: { events: ['ready'], watch: false, leaveFor: null, detail: { status: 'pending' } }
		});
	});

	test('looking at the page, however often and in however many tabs, gives one form', async () => {
		const payer = await visit(shop, order);
		const before = await payer.scene();
		const keys = [];
		for (let tab = 0; tab < 3; tab++) keys.push((await cardFields(await payer.view())).attempt_key);
		expect(new Set(keys).size).toBe(1);
		expect((await payer.scene()).payment).toEqual(before.payment);
	});

	test('paid: the form leads to the page, which shows the result and the way back', async () => {
		const payer = await visit(shop, order);
		expect(await payer.pay(APPROVED)).toEqual({ path: `/pay/${payer.token}` });
		expect(await payer.view()).toMatchObject({
			step: 'result',
			result: { outcome: 'succeeded', back: { url: 'https://shop.example/back?status=x' } },
			refresh: { seconds: 5 },
			facts: { events: ['ready', 'success'], detail: { status: 'successful' } }
		});
	});

	test('the same form sent five times at once, and again later: one charge', async () => {
		const payer = await visit(shop, order);
		const fields = { ...(await cardFields(await payer.view())), number: APPROVED };
		await Promise.all(Array.from({ length: 5 }, () => payer.submit(fields)));
		expect(await payer.submit(fields)).toEqual({ path: `/pay/${payer.token}` });
		const { payment } = await payer.scene();
		expect(await shop.acquirer(payment)).toEqual([{ state: 'succeeded', charges: 1, requests: 1 }]);
	});

	test('a form of an earlier try charges nothing and says that it was out of date', async () => {
		const payer = await visit(shop, order);
		const old = { ...(await cardFields(await payer.view())), number: APPROVED };
		await payer.pay(DECLINED);
		expect(await payer.submit(old)).toEqual({ path: `/pay/${payer.token}?notice=stale` });
		expect((await payer.scene()).payment).toMatchObject({ state: 'created', tries: 1 });
		const view = await payer.view('?notice=stale');
		expect(view).toMatchObject({ step: 'form', notice: { tone: 'warning' } });
	});

	test('declined: why, what helps, and a form for another try', async () => {
		const payer = await visit(shop, order);
		await payer.pay('4000 0000 0000 9995');
		const view = await payer.view();
		expect(view).toMatchObject({ step: 'form', facts: { events: ['ready', 'change'] } });
		expect(JSON.stringify(view)).toContain('There is not enough money on this card.');
		await payer.pay(APPROVED);
		expect(await payer.view()).toMatchObject({ result: { outcome: 'succeeded' } });
	});

	test('declined for good after the last try', async () => {
		const payer = await visit(shop, order);
		for (let tried = 0; tried < 5; tried++) await payer.pay(DECLINED);
		expect(await payer.view()).toMatchObject({
			step: 'result',
			result: { outcome: 'declined' },
			facts: { events: ['ready', 'failure'], detail: { status: 'rejected' } }
		});
	});

	test('a form with faults: what was typed is kept but number and code, nothing is sent', async () => {
		const payer = await visit(shop, order);
		const number = '4242 4242 4242 4241';
		const answer = await payer.pay(number, { code: '98', name: 'Ada Payer', expiry: '13/30' });
		if (!('refused' in answer)) throw new Error('It was taken');
		const view = await payer.view('', answer.refused);
		expect(view).toMatchObject({
			step: 'form',
			title: 'Problem: Pay Pelican Books',
			form: { fields: { name: { value: 'Ada Payer' }, expiry: { value: '13/30' } } }
		});
		if (view.step !== 'form') throw new Error('No form');
		expect(view.form.problems.map(({ id }) => id)).toEqual(['number', 'expiry', 'code']);
		expect(JSON.stringify({ answer, view })).not.toMatch(/4242.?4242.?4242.?4241|"98"/);
		expect((await payer.scene()).payment.tries).toBe(0);
	});

	test('a card number in the wrong field is not shown again', async () => {
		const payer = await visit(shop, order);
		const answer = await payer.pay('', { name: APPROVED, expiry: '4242424242424242' });
		if (!('refused' in answer)) throw new Error('It was taken');
		const shown = JSON.stringify([answer, await payer.view('', answer.refused)]);
		expect(shown.replaceAll(/4242 4242 4242 4242\u2069: is/g, '')).not.toMatch(/4242.?4242/);
	});

	test('an empty form, files and texts beyond measure are faults, never errors', async () => {
		const payer = await visit(shop, order);
		expect(await payer.submit({})).toHaveProperty('refused.form.card.problems.number');
		const long = 'x'.repeat(100_000);
		const answer = await payer.pay(long, { name: long, expiry: long, code: long });
		expect(JSON.stringify(answer).length).toBeLessThan(1000);
	});

	describe('a challenge', () => {
		test('the page leads to it and comes back with the outcome the bank tells', async () => {
			const payer = await visit(shop, order);
			await payer.pay(CHALLENGE);
			const view = await payer.view();
			expect(view).toMatchObject({
				step: 'action',
				action: { framed: true },
				refresh: null,
				facts: { watch: true, events: ['ready', 'change'] }
			});
			// Coming back without having answered proves nothing.
			await settleOpenAttempt(shop.context, (await payer.scene()).payment);
			expect((await payer.view()).step).toBe('action');
		});

		test('given up: canceled, and an old form is not taken', async () => {
			const payer = await visit(shop, order);
			const fields = { ...(await cardFields(await payer.view())), number: CHALLENGE };
			await payer.submit(fields);
			await cancelPayment(shop.context, (await payer.scene()).payment);
			expect(await payer.view()).toMatchObject({
				result: { outcome: 'canceled' },
				facts: { events: ['ready', 'cancel'] }
			});
			expect(await payer.submit(fields)).toEqual({ path: `/pay/${payer.token}` });
		});
	});

	test('no answer from the provider: the page waits, watches and offers no second payment', async () => {
		const payer = await visit(shop, order);
		shop.line.cut = 'after';
		await payer.pay(APPROVED);
		shop.line.cut = 'none';
		const view = await payer.view();
		expect(view).toMatchObject({ step: 'waiting', refresh: { path: '' }, facts: { watch: true } });
		expect(JSON.stringify(view)).not.toContain('attemptKey');
		await settleOpenAttempt(shop.context, (await payer.scene()).payment);
		expect(await payer.view()).toMatchObject({ result: { outcome: 'succeeded' } });
	});

	test('the end of the session: time left, then over at once, and no form is taken', async () => {
		const payer = await visit(shop, { ...order, expiresIn: 600 });
		const fields = { ...(await cardFields(await payer.view())), number: APPROVED };
		const start = await payer.view();
		expect(start).toMatchObject({ summary: { timeLeft: { ms: 10 * MINUTE } } });
		shop.context.clock.advance(10 * MINUTE);
		expect(await payer.view()).toMatchObject({
			step: 'result',
			result: { outcome: 'expired' },
			facts: { events: ['ready', 'failure'], detail: { status: 'rejected' } }
		});
		expect(await payer.submit(fields)).toEqual({ path: `/pay/${payer.token}` });
		expect((await payer.scene()).payment.tries).toBe(0);
	});

	test('a merchant without a provider: no form, and the reason in words', async () => {
		const payer = await visit(shop, { ...order, methods: ['no_such_way'] });
		const view = await payer.view();
		expect(view).toMatchObject({ step: 'method', methods: null });
		expect(JSON.stringify(view)).toContain('has not set up a way to pay');
	});

	describe('an amount that the payer chooses', () => {
		test('is asked for first, with its limits and the common ones', async () => {
			const view = await (await visit(shop, { ...order, ...chosen })).view();
			expect(view).toMatchObject({
				step: 'amount',
				amount: {
					label: 'Amount in EUR',
					hint: 'From €5.00 to €2,000.00',
					presets: { choices: [{ text: '€10.00' }, { text: '€20.00' }] }
				}
			});
		});

		test('typed in the digits and marks people use, leads to the card form', async () => {
			const payer = await visit(shop, { ...order, ...chosen });
			const path = `/pay/${payer.token}?amount=12.50`;
			expect(await payer.submit({ step: 'amount', amount: '12,50' })).toEqual({ path });
			expect(await payer.submit({ step: 'amount', amount: '١٢٫٥٠' })).toEqual({ path });
			expect(await payer.view('?amount=12.50')).toMatchObject({
				step: 'form',
				form: { pay: 'Pay €12.50', amount: '12.50' }
			});
		});

		test.each([
			['', 'Enter an amount'],
			['4', 'Enter €5.00 or more'],
			['2001', 'Enter €2,000.00 or less'],
			['12.345.', /digits/]
		])('%j is a problem', async (amount, words) => {
			const payer = await visit(shop, { ...order, ...chosen });
			const answer = await payer.submit({ step: 'amount', amount });
			if (!('refused' in answer)) throw new Error('It was taken');
			expect(await payer.view('', answer.refused)).toMatchObject({
				step: 'amount',
				amount: { value: amount, problem: expect.stringMatching(words) }
			});
		});

		test('an ambiguous one is asked back with both readings', async () => {
			const payer = await visit(shop, { ...order, ...chosen, lowestAmount: null });
			const answer = await payer.submit({ step: 'amount', amount: '1.500' });
			if (!('refused' in answer)) throw new Error('It was taken');
			const view = await payer.view('', answer.refused);
			if (view.step !== 'amount') throw new Error(view.step);
			const paths = view.amount.readings.map(({ path }) => path.split('?')[1]);
			expect(paths).toEqual(['amount=1500.00', 'amount=1.50']);
		});

		test('out of its limits in a hidden field or an address, it is never charged', async () => {
			const payer = await visit(shop, { ...order, ...chosen });
			expect((await payer.view('?amount=1.00')).step).toBe('amount');
			const view = await payer.view('?amount=10.00');
			const fields = { ...(await cardFields(view)), number: APPROVED };
			expect(await payer.submit({ ...fields, amount: '999999' })).toHaveProperty('refused.amount');
			await payer.submit({ ...fields, amount: '10.00' });
			expect((await payer.scene()).payment).toMatchObject({ state: 'succeeded', amount: 1000 });
		});

		test('a fixed one is not changed by what a form says', async () => {
			const payer = await visit(shop, order);
			await payer.pay(APPROVED, { amount: '0.01' });
			expect((await payer.scene()).payment).toMatchObject({ state: 'succeeded', amount: 1005 });
		});
	});
});
