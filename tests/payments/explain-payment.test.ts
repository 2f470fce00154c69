import { beforeEach, expect, test } from 'vitest';
import { deliverWebhooks } from '../../src/lib/server/webhooks/deliver-webhooks';
import { explainPayment } from '../../src/lib/server/payments/explain-payment';
import type { Payment } from '../../src/lib/server/payments/payment';
import { refund } from '../../src/lib/server/payments/refund';
import { approveWithdrawal } from '../../src/lib/server/payments/decide-withdrawal';
import { saveRoutingSet } from '../../src/lib/server/routing/routing-set';
import { allLanded, type Flights } from '../../src/lib/server/webhooks/flights';
import { voices } from '../../src/lib/server/worker/dialects';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';
import { ibans, openRequest } from './withdraw';

const APPROVED = '4242 4242 4242 4242';

describeOnEachEngine('the story of a transaction', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	async function storyOf({ transactionId }: Payment) {
		const story = await explainPayment(shop.context, transactionId);
		if (!story) throw new Error('There is no story');
		return story;
	}

	/** Rules that try a moody account first; returns its id. */
	async function moodyFirst(): Promise<number> {
		const { context, application, accountId } = shop;
		const moody = await shop.addAccount({ credentials: { temper: 'moody' } });
		const elsewhere = await shop.addAccount({ settings: { methods: ['voucher'] } });
		const ids = [elsewhere, moody, accountId];
		const rule = {
			name: 'Cards',
			when: { methods: ['card'] },
			choices: ids.map((account) => [{ account, weight: 1 }]),
			onFailure: { next: true, limit: 3 }
		};
		const skipped = { ...rule, name: 'Yen', when: { currencies: ['JPY'] } };
		const set = { merchantId: application.merchantId, mode: 'test', name: 'Rules' } as const;
		await context.db.inTransaction((tx) =>
			saveRoutingSet(context, tx, { ...set, isDefault: true, rules: [skipped, rule] })
		);
		return moody;
	}

	test('tells every change, every try, and why it went where it went', async () => {
		const moody = await moodyFirst();
		const payment = await shop.open({ amount: 1005 });
		await shop.pay(payment, APPROVED);
		await shop.work(1000);
		const story = await storyOf(payment);
		expect(story.transaction).toMatchObject({
			id: payment.transactionId,
			state: 'succeeded',
			money: { amount: 1005, currency: 'EUR' },
			payer: '128'
		});
		expect(story.events.map(({ kind }) => kind)).toEqual(await shop.events(payment));
		const [sent] = story.events.filter(({ routing }) => routing);
		expect(sent).toMatchObject({
			kind: 'try_sent',
			routing: {
				set: { name: 'Rules' },
				rule: 'Cards',
				skipped: [{ rule: 'Yen', because: 'currencies' }],
				accounts: [
					{ id: moody, verdict: 'first' },
					{ id: shop.accountId, verdict: 'next' },
					{ verdict: 'left_out', because: 'method_off' }
				]
			}
		});
		expect(story.attempts).toMatchObject([
			{ account: { id: moody }, state: 'declined', reason: 'processing_error' },
			{
				account: { id: shop.accountId, name: 'simulator' },
				state: 'succeeded',
				cardBrand: 'visa',
				money: { amount: 1005, currency: 'EUR' },
				notifications: [{ result: expect.any(String) }]
			}
		]);
		expect(story.ledger).toMatchObject([
			{
				entries: [
					{ account: 'payers', money: { amount: -1005, currency: 'EUR' } },
					{ account: 'available', money: { amount: 1005, currency: 'EUR' } }
				]
			}
		]);
	});

	test('tells what went back, and what the merchant was told', async () => {
		const payment = await shop.open({ webhookUrl: 'https://shop.example/webhook?key=hidden' });
		await shop.pay(payment, APPROVED);
		await refund(shop.context, {
			transactionId: payment.transactionId,
			amount: 500,
			reference: 'r'
		});
		const flights: Flights = new Map();
		await deliverWebhooks(shop.context, voices, flights);
		await allLanded(flights);
		const story = await storyOf(payment);
		expect(story.transaction.refunded).toEqual({ amount: 500, currency: 'EUR' });
		expect(story.refunds).toMatchObject([{ state: 'succeeded', reference: 'r' }]);
		expect(story.events.at(-1)).toMatchObject({ refundId: story.refunds[0]?.id });
		expect(story.webhooks).toMatchObject([
			{ to: 'https://shop.example/webhook', tries: [{ number: 1 }] }
		]);
	});

	test('tells where a payout went, in the form that may be shown', async () => {
		const request = await openRequest(shop);
		await approveWithdrawal(shop.context, request);
		await shop.work();
		const story = await storyOf(request);
		expect(story.legs).toMatchObject([
			{ number: 1, state: 'paid', label: 'DE•• •••• 3000', money: { amount: 10_000 } }
		]);
		expect(story.attempts).toMatchObject([{ leg: 1, state: 'succeeded', method: 'bank' }]);
		expect(story.ledger.map(({ entries }) => entries.length)).toEqual([2, 2, 2]);
		expect(JSON.stringify(story)).not.toContain(ibans.paid.slice(4, -4));
	});

	test('tells of money that arrived too little, too much and too late', async () => {
		const payment = await shop.open();
		await shop.deposit(payment, { kind: 'bank_transfer' });
		const { attempt } = await shop.read(payment);
		const receipt = { receipt_id: 'r-1', amount: 400, currency: 'EUR', received_at: 1 };
		await shop.context.db.inTransaction(async (tx) => {
			const of = { attempt_id: attempt?.id ?? '', transaction_id: payment.transactionId };
			await tx
				.insertInto('receipts')
				.values({ ...of, ...receipt })
				.execute();
		});
		const story = await storyOf(payment);
		expect(story.attempts).toMatchObject([
			{ receipts: [{ id: 'r-1', money: { amount: 400, currency: 'EUR' } }] }
		]);
		// The account and the reference that the payer was given lead to the money.
		expect(JSON.stringify(story)).not.toMatch(/iban|instructions|\/return/i);
	});

	test('holds nothing of a card but its brand, and nothing sealed', async () => {
		const payment = await shop.open();
		await shop.deposit(payment, {
			kind: 'card',
			keep: true,
			card: {
				number: '4000000000003220',
				expiryMonth: 11,
				expiryYear: 2031,
				securityCode: '737',
				holderName: 'Ada Payer'
			}
		});
		const text = JSON.stringify(await storyOf(payment));
		expect(text).toContain('"cardBrand":"visa"');
		expect(text).not.toMatch(/"400000"|"3220"|2031|Ada Payer|sealed|challenge\//);
	});

	test('of an unknown transaction there is none', async () => {
		expect(await explainPayment(shop.context, 'x')).toBeUndefined();
	});
});
