import { beforeEach, expect, test } from 'vitest';
import { cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import {
	approveWithdrawal,
	rejectWithdrawal
} from '../../src/lib/server/payments/decide-withdrawal';
import { readLegs } from '../../src/lib/server/payments/leg';
import { saveAccountSettings } from '../../src/lib/server/routing/account-settings';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';
import { ibans, setMerchant } from '../payments/withdraw';
import { bodyOf, visitPayout, type PayoutVisit } from './payout-visit';

const APPROVED = '4242 4242 4242 4242';
const account = { iban: 'de89 3704 0044 0532 0130 00', holder: 'Ada Payer' };
const bankOnly = { methods: ['bank'] };

describeOnEachEngine('what stands in the way of a withdrawal, and what becomes of it', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	/** Goes through the form for a bank account up to the question. */
	async function confirmPage(payer: PayoutVisit, fields: Record<string, string> = account) {
		return (await payer.fill(await payer.open(), fields)).view;
	}

	async function request(payer: PayoutVisit, fields?: Record<string, string>) {
		return payer.fill(await confirmPage(payer, fields));
	}

	test('what the merchant cannot pay is said, and can be asked for again', async () => {
		await setMerchant(shop, { refuseBeyondBalance: true });
		const payer = await visitPayout(shop, bankOnly);
		const { path, view } = await request(payer);
		expect(path).toContain('notice=not_covered');
		expect(view).toMatchObject({
			withdrawal: {
				notice: {
					lines: [
						'Pelican Books cannot pay this out now. Nothing was requested.',
						expect.anything()
					]
				}
			}
		});
		await shop.pay(await shop.open({ amount: 10_000 }), APPROVED);
		await request(payer);
		expect(await payer.payment()).toMatchObject({ state: 'requested' });
	});

	test('a payer who is not verified is told before anything is asked', async () => {
		const customer = { kyc_status: 'failed' };
		const payer = await visitPayout(shop, { customer });
		expect(bodyOf(await payer.open())).toMatchObject({
			show: 'none',
			lines: ['Your identity has to be checked first', expect.stringContaining('Pelican Books')]
		});
	});

	test('a method that cannot be used is shown with the reason', async () => {
		await shop.context.db.inTransaction((tx) =>
			saveAccountSettings(shop.context, tx, shop.accountId, {
				limits: [{ method: 'bank', intent: null, currency: 'EUR', lowest: 20_000, highest: null }]
			})
		);
		const payer = await visitPayout(shop);
		const body = bodyOf(await payer.open());
		if (body.show !== 'method') throw new Error(body.show);
		expect(body.form.choices).toContainEqual(
			expect.objectContaining({ value: 'bank', because: 'Only from €200.00' })
		);
		const forced = await payer.fill(await payer.open(), { method: 'bank' });
		expect(bodyOf(forced.view)).toMatchObject({ show: 'method' });
		const none = await payer.fill(await payer.open());
		expect(none).toMatchObject({
			path: null,
			view: { withdrawal: { form: { problem: 'Choose where you want your money' } } }
		});
	});

	test('a closed loop: the split is proposed, confirmed and requested', async () => {
		await setMerchant(shop, { closedLoop: true });
		await shop.pay(await shop.open({ amount: 6_000 }), APPROVED);
		const payer = await visitPayout(shop);
		const start = await payer.open();
		expect(bodyOf(start)).toMatchObject({
			show: 'method',
			split: { lines: [{}, {}, '€60.00 back to \u2066Visa\u00a0••••\u00a04242\u2069'] },
			form: { heading: 'Where do you want the other €40.00?' }
		} as object);
		const { view } = await payer.fill(start, { method: 'bank' });
		const asked = await payer.fill(view, account);
		expect(bodyOf(asked.view)).toMatchObject({
			form: {
				parts: [
					{ caption: '€60.00 back to \u2066Visa\u00a0••••\u00a04242\u2069' },
					{ caption: '€40.00 to \u2066DE••\u00a0••••\u00a03000\u2069' }
				],
				send: 'Withdraw €100.00'
			}
		});
		await payer.fill(asked.view);
		const { transactionId } = await payer.payment();
		expect(await readLegs(shop.context.db.read, transactionId)).toMatchObject([
			{ amount: 6_000 },
			{ amount: 4_000 }
		]);
	});

	test('a closed loop that takes all of it: nothing is left to enter', async () => {
		await setMerchant(shop, { closedLoop: true });
		await shop.pay(await shop.open({ amount: 20_000 }), APPROVED);
		const payer = await visitPayout(shop);
		const asked = await payer.open();
		expect(bodyOf(asked)).toMatchObject({ show: 'confirm', form: { change: null } });
		const other = await visitPayout(shop, { amount: 15_000 });
		const late = await other.open();
		await payer.fill(asked);
		expect(await payer.payment()).toMatchObject({ state: 'requested' });
		const { path } = await other.fill(late);
		expect(path).toContain('notice=changed');
		expect(await other.payment()).toMatchObject({ state: 'created' });
	});

	test('other requests of the payer are listed, and canceled from there', async () => {
		const earlier = await visitPayout(shop, bankOnly);
		await request(earlier);
		const payer = await visitPayout(shop, bankOnly);
		const body = bodyOf(await payer.open());
		if (body.show === 'standing') throw new Error(body.show);
		expect(body.requests?.items).toMatchObject([{ amount: '€100.00' }]);
		const stranger = await visitPayout(shop, { ...bankOnly, payerReference: 'else' });
		expect(bodyOf(await stranger.open())).toMatchObject({ requests: null });
		const fields = body.requests?.items[0]?.cancel.fields ?? { step: '', transaction: '' };
		const refused = await stranger.send(`/pay/${stranger.token}`, fields);
		expect(refused.path).toContain('notice=too_late');
		expect(await earlier.payment()).toMatchObject({ state: 'requested' });
		const { path, view } = await payer.send(`/pay/${payer.token}`, fields);
		expect(path).toBe(`/pay/${payer.token}?notice=canceled`);
		expect(view).toMatchObject({ withdrawal: { notice: { tone: 'plain' }, requests: null } });
		expect(await earlier.payment()).toMatchObject({ state: 'canceled' });
	});

	test('what a request becomes is what its page shows', async () => {
		const payer = await visitPayout(shop, bankOnly);
		await request(payer, { ...account, iban: ibans.slow });
		await approveWithdrawal(shop.context, await payer.payment());
		expect(await payer.open()).toMatchObject({
			title: 'Withdrawal on its way',
			withdrawal: { standing: { isWaiting: false, cancel: null } }
		});
		await shop.work();
		expect(bodyOf(await payer.open())).toMatchObject({
			standing: { lines: ['Your withdrawal of €100.00 was sent.', expect.anything()] }
		});
		await shop.work(6_000);
		await shop.work(6_000);
		expect(await payer.open()).toMatchObject({
			title: 'Withdrawal paid',
			step: 'result',
			result: {
				outcome: 'succeeded',
				lines: ['Pelican Books has paid out €100.00.'],
				facts: [
					{ term: 'To', value: '€100.00 to \u2066FR••\u00a0••••\u00a02606\u2069' },
					{ term: 'How long it takes', value: 'Arrives within days' }
				]
			},
			facts: { events: ['ready', 'success'] }
		});
	});

	test('rejected, failed, canceled and expired: where the money is', async () => {
		const rejected = await visitPayout(shop, bankOnly);
		await request(rejected);
		await rejectWithdrawal(shop.context, await rejected.payment());
		const failed = await visitPayout(shop, bankOnly);
		await request(failed, { ...account, iban: ibans.refused });
		await approveWithdrawal(shop.context, await failed.payment());
		await shop.work();
		const canceled = await visitPayout(shop, bankOnly);
		await request(canceled);
		await cancelPayment(shop.context, await canceled.payment());
		const expired = await visitPayout(shop, bankOnly);
		shop.context.clock.advance(3_600_000);
		for (const [payer, outcome, heading, line] of [
			[rejected, 'declined', 'Your withdrawal was rejected', 'Your money stays with'],
			[failed, 'declined', 'Your withdrawal could not be paid', 'Your money is back with'],
			[canceled, 'canceled', 'Your withdrawal is canceled', 'Your money stays with'],
			[expired, 'expired', 'The time to withdraw is over', 'Nothing was requested']
		] as const) {
			const view = await payer.open();
			if (view.step !== 'result') throw new Error(view.step);
			expect(view.result).toMatchObject({ outcome, heading });
			expect(view.result.lines.join(' ')).toContain(line);
		}
	});

	test('in Arabic, and in every state, the page has its words', async () => {
		const payer = await visitPayout(shop, { locale: 'ar' });
		const start = await payer.open();
		expect(start.title).toContain('السحب');
		const { view } = await payer.fill(start, { method: 'bank' });
		const asked = await payer.fill(view, account);
		const done = await payer.fill(asked.view);
		expect(done.view.title).toBe('تم طلب السحب');
		await approveWithdrawal(shop.context, await payer.payment());
		await shop.work();
		expect((await payer.open()).title).toBe('تم دفع السحب');
	});
});
