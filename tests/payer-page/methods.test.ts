import { beforeAll, expect, test } from 'vitest';
import { cancelPayment, callOffAttempt } from '../../src/lib/server/payments/cancel-payment';
import { settleOpenAttempt } from '../../src/lib/server/payments/settle-attempt';
import { creditTransfer } from '../../src/lib/server/simulator/transfers';
import { answerWallet } from '../../src/lib/server/simulator/wallet';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';
import { visit, type Visit } from './payer-visit';
import { someOrder as order } from './some-order';

describeOnEachEngine('the ways to pay', (open) => {
	let shop: Shop;
	beforeAll(async () => {
		shop = await openShop(open);
	});

	async function attemptOf(payer: Visit): Promise<string> {
		return (await payer.scene()).payment.attempt?.id ?? '';
	}

	test('are offered with what they cost and how long they take, the first one chosen', async () => {
		const view = await (await visit(shop, order)).view();
		if (view.step !== 'method') throw new Error(view.step);
		expect(view.methods).toMatchObject({ heading: 'How do you want to pay?', next: 'Continue' });
		expect(view.methods?.choices.map(({ name, facts }) => [name, ...facts])).toEqual([
			['Card', 'No fee', 'Arrives at once'],
			['Pebble Wallet', 'No fee', 'Arrives at once'],
			['Bank transfer', 'No fee', 'Arrives within hours'],
			['Cashnote', 'No fee', 'Arrives at once']
		]);
		expect(view.methods?.choices.map(({ chosen }) => chosen)).toEqual([true, false, false, false]);
	});

	test('are chosen by a form that leads to their own, and from there back', async () => {
		const payer = await visit(shop, order);
		const path = `/pay/${payer.token}?method=voucher`;
		expect(await payer.submit({ step: 'method', method: 'voucher' })).toEqual({ path });
		const view = await payer.view('?method=voucher');
		expect(view).toMatchObject({
			step: 'form',
			form: { id: 'pay-form', pay: 'Pay €10.05', fields: { kind: 'voucher' } },
			other: { text: 'Pay another way', path: `/pay/${payer.token}` }
		});
	});

	test('have to be chosen, and only what is offered gets into an address', async () => {
		const payer = await visit(shop, order);
		const answer = await payer.submit({ step: 'method' });
		expect(answer).toEqual({ refused: { method: 'missing' } });
		if (!('refused' in answer)) throw new Error('It was taken');
		expect(await payer.view('', answer.refused)).toMatchObject({
			step: 'method',
			title: 'Problem: Pay Pelican Books',
			methods: { problem: 'Choose how you want to pay' }
		});
		const stray = await payer.submit({ step: 'method', method: '4242424242424242' });
		expect(stray).toEqual({ path: `/pay/${payer.token}?notice=unavailable` });
		expect((await payer.view('?method=anything')).step).toBe('method');
	});

	test('keep the amount that the payer chose', async () => {
		const open = { ...order, amount: null, amountEditable: true };
		const payer = await visit(shop, open);
		const view = await payer.view('?amount=12.50');
		expect(view).toMatchObject({ step: 'method', methods: { amount: '12.50' } });
		const sent = await payer.submit({ step: 'method', method: 'card', amount: '12.50' });
		expect(sent).toEqual({ path: `/pay/${payer.token}?amount=12.50&method=card` });
		expect(await payer.view('?amount=12.50&method=card')).toMatchObject({
			form: { pay: 'Pay €12.50', amount: '12.50' },
			other: { path: `/pay/${payer.token}?amount=12.50` }
		});
	});

	test('a wallet: its own page, and the outcome it tells', async () => {
		const payer = await visit(shop, order);
		const form = await payer.view('?method=wallet');
		expect(form).toMatchObject({ form: { pay: 'Continue to Pebble Wallet', problems: [] } });
		const path = `/pay/${payer.token}/action?going=`;
		expect(await payer.payBy('wallet')).toEqual({ path });
		const view = await payer.view('?going=');
		if (view.step !== 'action') throw new Error(view.step);
		expect(view).toMatchObject({
			action: { framed: false, heading: 'Pay €10.05 with Pebble Wallet', dialog: null },
			facts: { goTo: view.action.url }
		});
		expect((await payer.view()).facts.goTo).toBeNull();
		await answerWallet(shop.context, await attemptOf(payer), 'pay');
		await settleOpenAttempt(shop.context, (await payer.scene()).payment);
		expect(await payer.view()).toMatchObject({
			result: {
				outcome: 'succeeded',
				facts: [{ value: '€10.05' }, { term: 'Paid with', value: 'Pebble Wallet' }]
			}
		});
	});

	test('a wallet that declines: words that fit a wallet, and every way is open again', async () => {
		const payer = await visit(shop, order);
		await payer.payBy('wallet');
		await answerWallet(shop.context, await attemptOf(payer), 'decline');
		await settleOpenAttempt(shop.context, (await payer.scene()).payment);
		const view = await payer.view();
		expect(view).toMatchObject({ step: 'method', notice: { tone: 'danger' } });
		expect(JSON.stringify(view)).toContain('There is not enough money for this payment.');
		expect(JSON.stringify(view)).not.toMatch(/card\.|another card/);
	});

	test('another way: what waited elsewhere is called off, and nothing of it is charged', async () => {
		const payer = await visit(shop, order);
		await payer.payBy('wallet');
		expect(await payer.view()).toMatchObject({
			action: { other: { path: `/pay/${payer.token}/other-way` } }
		});
		await callOffAttempt(shop.context, (await payer.scene()).payment);
		const view = await payer.view();
		expect(view).toMatchObject({ step: 'method', notice: { tone: 'plain' } });
		expect(JSON.stringify(view)).toContain('“Pebble Wallet” was called off');
		await payer.payBy('voucher', { code: 'cashnote-0000-1111' });
		expect(await payer.view()).toMatchObject({ result: { outcome: 'succeeded' } });
		expect(await shop.acquirer((await payer.scene()).payment)).toMatchObject([
			{ charges: 0 },
			{ charges: 1 }
		]);
	});

	test('a bank transfer: every field to copy, the code, the time, and what has arrived', async () => {
		const payer = await visit(shop, {
			...order,
			returnAddresses: { return: 'https://x.example/' }
		});
		expect(await payer.payBy('bank_transfer')).toEqual({ path: `/pay/${payer.token}` });
		const view = await payer.view();
		if (view.step !== 'instructions') throw new Error(view.step);
		const { instructions } = view;
		expect(instructions).toMatchObject({
			heading: 'Transfer €10.05',
			arrived: null,
			until: { text: expect.stringContaining('UTC') },
			later: { text: 'Back to Pelican Books, I will pay later' },
			simulate: { url: expect.stringMatching(/^\/simulator\/bank\/CD-/) }
		});
		expect(instructions.qr?.path).toMatch(/^M/);
		const copied = Object.fromEntries(instructions.fields.map((each) => [each.name, each.copied]));
		expect(copied).toMatchObject({ amount: '10.05', iban: expect.stringMatching(/^DE\d{20}$/) });
		const iban = instructions.fields.find(({ name }) => name === 'iban')?.value;
		expect(iban).toMatch(/^DE\d\d( \d{4}){4} \d\d$/);

		await creditTransfer(shop.context, await attemptOf(payer), 400);
		await shop.work(2000);
		const later = await payer.view();
		expect(later.facts.version).not.toBe(view.facts.version);
		expect(later).toMatchObject({
			instructions: {
				heading: 'Transfer €6.05',
				arrived: ['€4.00 of €10.05 has arrived.', expect.stringContaining('€6.05')],
				fields: expect.arrayContaining([expect.objectContaining({ copied: '6.05' })]),
				qr: null
			}
		});

		await creditTransfer(shop.context, await attemptOf(payer), 805);
		await shop.work(2000);
		expect(await payer.view()).toMatchObject({
			result: {
				outcome: 'succeeded',
				lines: [
					'You paid €10.05 to Pelican Books.',
					'€2.00 too much arrived: ask Pelican Books for it, with the support code.'
				]
			}
		});
	});

	test('a transfer that is called off, with a part of it there', async () => {
		const payer = await visit(shop, order);
		await payer.payBy('bank_transfer');
		await creditTransfer(shop.context, await attemptOf(payer), 400);
		await shop.work(2000);
		await callOffAttempt(shop.context, (await payer.scene()).payment);
		const view = await payer.view();
		expect(view).toMatchObject({ step: 'method', notice: { tone: 'warning' } });
		expect(JSON.stringify(view)).toContain('€4.00 had arrived: ask');
		await cancelPayment(shop.context, (await payer.scene()).payment);
		expect(JSON.stringify(await payer.view())).toContain('€4.00 had arrived');
	});

	test('a transfer that is too late or too little', async () => {
		const payer = await visit(shop, { ...order, expiresIn: 6 * 86_400 });
		await payer.payBy('bank_transfer');
		await shop.work(73 * 3_600_000);
		expect(JSON.stringify(await payer.view())).toContain('The money did not arrive in time.');
	});

	test.each([
		['cashnote 0000 2222', 'This voucher has been used before.'],
		['NO-SUCH-CODE', 'There is no voucher with this code.'],
		['CASHNOTE-0000-3333', 'There is not enough money for this payment.']
	])('a voucher, %s: %s', async (code, words) => {
		const payer = await visit(shop, order);
		const path = `/pay/${payer.token}?method=voucher`;
		expect(await payer.payBy('voucher', { code })).toEqual({ path });
		const view = await payer.view('?method=voucher');
		expect(view).toMatchObject({ step: 'form', notice: { tone: 'danger' } });
		expect(JSON.stringify(view)).toContain(words);
		await payer.payBy('voucher', { code: 'CASHNOTE-0000-1111' });
		expect(await payer.view()).toMatchObject({ result: { outcome: 'succeeded' } });
	});

	test.each([
		['', 'Enter the voucher code'],
		['<script>', 'Check the voucher code: letters, digits and dashes only']
	])('a voucher code that is none, %j, is not sent', async (code, problem) => {
		const payer = await visit(shop, order);
		const answer = await payer.payBy('voucher', { code });
		if (!('refused' in answer)) throw new Error('It was taken');
		expect(await payer.view('', answer.refused)).toMatchObject({
			title: expect.stringMatching(/^Problem/),
			form: { fields: { code: { problem, value: code } } }
		});
		expect((await payer.scene()).payment.tries).toBe(0);
	});

	test('a try that the merchant’s server made: no form, and back to the merchant at once', async () => {
		const payer = await visit(shop, { ...order, oneShot: { content: 'card' } });
		expect(await payer.view()).toMatchObject({ step: 'waiting' });
		const { payment } = await payer.scene();
		await shop.pay(payment, '4000 0000 0000 0002');
		expect(await payer.view()).toMatchObject({
			step: 'result',
			refresh: { seconds: 0 },
			facts: { leaveAfterMs: 0 }
		});
	});
});
