import { expect, test } from 'vitest';
import type { Context } from '$lib/server/context';
import { cancelPayment } from '$lib/server/payments/cancel-payment';
import { readPayment } from '$lib/server/payments/read-payment';
import { saveAccountSettings } from '$lib/server/routing/account-settings';
import { creditTransfer } from '$lib/server/simulator/transfers';
import {
	addCheckoutMerchant,
	answerOf,
	dataOf,
	describeCheckout,
	orderOf,
	refusalOf,
	type CheckoutMerchant
} from './stage';

describeCheckout('instructions', (stage) => {
	const attemptsOf = (id: string) =>
		stage.context.db.read
			.selectFrom('attempts')
			.select(['id', 'method', 'state'])
			.where('transaction_id', '=', id)
			.execute();

	const way = (id: string, method: string, provider = 'simulator') =>
		`${id}/provider/${provider}/method/${method}`;

	const ask = (id: string, method = 'bank_transfer', provider?: string) =>
		stage.call({ path: `/api/payment/${way(id, method, provider)}` });

	/** The same as its payer asks, who has the link. */
	const askByLink = ({ id, checkoutUrl }: { id: string; checkoutUrl: string }, method: string) =>
		stage.call({
			path: `/api/checkout/payment/${way(id, method)}${new URL(checkoutUrl).search}`,
			token: null
		});

	test('for a bank transfer say all that a bank’s form asks for, again and again', async () => {
		const opened = await stage.open();
		const { secondsLeft, payUntil, fields, qr, ...said } = dataOf(
			'instructions',
			await ask(opened.id)
		);
		const reference = fields.find(({ name }) => name === 'reference')?.value;
		expect(said).toEqual({
			provider: 'simulator',
			method: 'bank_transfer',
			kind: 'bank_transfer',
			amount: 10_000,
			amountDecimal: '100.00',
			currencyCode: 'USD',
			reference,
			url: null,
			receivedAmount: 0,
			status: 'PENDING'
		});
		expect(reference).toMatch(/^[A-Z0-9-]{6,}$/);
		expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['holder', 'reference']));
		const leftSeconds = (Date.parse(payUntil ?? '') - Date.now()) / 1000;
		expect(Math.abs((secondsLeft ?? 0) - leftSeconds)).toBeLessThan(60);

		for (const reply of [await ask(opened.id), await askByLink(opened, 'bank_transfer')]) {
			const again = dataOf('instructions', reply);
			expect(again).toEqual({ ...said, fields, qr, payUntil, secondsLeft: again.secondsLeft });
		}
		expect(await attemptsOf(opened.id)).toHaveLength(1);
	});

	test('asked for 100 times at once begin one payment', async () => {
		for (const method of ['bank_transfer', 'wallet']) {
			const opened = await stage.open();
			const replies = await Promise.all(
				Array.from({ length: 100 }, (_, number) =>
					number % 2 === 0 ? ask(opened.id, method) : askByLink(opened, method)
				)
			);
			const busy = replies.filter(({ status }) => status !== 200);
			for (const reply of busy) {
				refusalOf(reply, 409);
				expect(reply.headers.get('retry-after')).toBe('1');
			}
			expect(busy.length).toBeLessThan(100);
			expect(await attemptsOf(opened.id)).toMatchObject([{ method, state: 'action_required' }]);
			const { reference, url } = dataOf('instructions', await ask(opened.id, method));
			for (const reply of replies.filter(({ status }) => status === 200)) {
				expect(dataOf('instructions', reply)).toMatchObject({ reference, url });
			}
		}
	});

	test('for a transfer of which a part has come ask for the rest', async () => {
		const { id } = await stage.open({ ...orderOf(stage.merchant), currencyCode: 'EUR' });
		expect(dataOf('instructions', await ask(id)).qr).toMatch(/^BCD/);
		const [attempt] = await attemptsOf(id);
		await creditTransfer(stage.context, attempt?.id ?? '', 4_000);
		await untilStatus(id, 'UNDERPAID');
		expect(dataOf('instructions', await ask(id))).toMatchObject({
			amount: 6_000,
			amountDecimal: '60.00',
			receivedAmount: 4_000,
			status: 'UNDERPAID',
			qr: null
		});
	});

	test('for a wallet lead to its page', async () => {
		const { id } = await stage.open();
		const { url, fields, reference } = dataOf('instructions', await ask(id, 'wallet'));
		expect(url).toContain(`${stage.app.origin}/simulator/wallet/`);
		expect({ fields, reference }).toEqual({ fields: [], reference: null });
		expect((await fetch(url ?? '')).status).toBe(200);
	});

	test('for a voucher lead to our page, and begin nothing', async () => {
		const opened = await stage.open();
		const instructions = dataOf('instructions', await ask(opened.id, 'voucher'));
		expect(instructions).toMatchObject({
			kind: 'voucher',
			url: opened.checkoutUrl,
			amount: 10_000,
			status: 'PENDING'
		});
		expect(await attemptsOf(opened.id)).toEqual([]);
	});

	test('of a card there are none', async () => {
		const { id } = await stage.open();
		expect(refusalOf(await ask(id, 'card'), 422).errors).toEqual({
			method: ['is paid on the page of the checkout']
		});
		expect(await attemptsOf(id)).toEqual([]);
	});

	test('are none of another provider or method, or of none', async () => {
		const { id } = await stage.open();
		for (const method of ['cheque', 'BANK_TRANSFER', 'bank', '%00', 'constructor']) {
			refusalOf(await ask(id, method), 404);
		}
		refusalOf(await ask(id, 'bank_transfer', 'other'), 404);
		expect(await attemptsOf(id)).toEqual([]);
		dataOf('instructions', await ask(id));
		refusalOf(await ask(id, 'bank_transfer', 'other'), 404);
	});

	test('are refused while the payer pays by another method', async () => {
		const { id } = await stage.open();
		dataOf('instructions', await ask(id, 'wallet'));
		for (const method of ['bank_transfer', 'voucher', 'card'])
			refusalOf(await ask(id, method), 409);
		expect(await attemptsOf(id)).toHaveLength(1);
	});

	test('are refused once the payment has ended', async () => {
		const { context } = stage;
		const canceled = await stage.open();
		const payment = await readPayment(context.db.read, canceled.id);
		if (payment) await cancelPayment(context, payment);
		expect(await stage.read(canceled.id)).toMatchObject({ status: 'CANCELLED' });
		refusalOf(await ask(canceled.id), 409);
		refusalOf(await askByLink(canceled, 'bank_transfer'), 409);

		const late = await stage.open();
		await endSession(context, late.id);
		refusalOf(await ask(late.id), 409);
		expect(await attemptsOf(late.id)).toEqual([]);
	});

	test('name the fee in their amount, and methods say what stands against them', async () => {
		const merchant = await addCheckoutMerchant(stage.context, 'Feeful');
		await restrict(stage.context, merchant);
		const { token } = merchant.application;
		const { id, checkoutUrl } = await stage.open(orderOf(merchant), token);
		const { search } = new URL(checkoutUrl);
		const reply = await stage.call({
			path: `/api/checkout/${id}/payment-methods${search}`,
			token: null
		});
		const { data } = answerOf('methods', reply);
		expect(data.find(({ method }) => method === 'bank_transfer')).toMatchObject({
			usable: true,
			provider: 'simulator',
			fee: 150
		});
		expect(data.find(({ method }) => method === 'wallet')).toMatchObject({
			usable: false,
			provider: null,
			reason: 'above_highest',
			fee: null,
			highest: 5_000
		});
		const path = (method: string) => `/api/payment/${way(id, method)}`;
		const { errors } = refusalOf(await stage.call({ path: path('wallet'), token }), 422);
		expect(errors).toEqual({ method: ['cannot be used now: above_highest'] });
		const instructions = dataOf(
			'instructions',
			await stage.call({ path: path('bank_transfer'), token })
		);
		expect(instructions).toMatchObject({ amount: 10_150, amountDecimal: '101.50' });
	});

	async function untilStatus(id: string, status: string) {
		await expect.poll(async () => (await stage.read(id)).status, { timeout: 20_000 }).toBe(status);
	}
});

/** A payer's fee for transfers, and a bound for the wallet. */
async function restrict(context: Context, { merchantId }: CheckoutMerchant): Promise<void> {
	const { id } = await context.db.read
		.selectFrom('provider_accounts')
		.select('id')
		.where('merchant_id', '=', merchantId)
		.executeTakeFirstOrThrow();
	await context.db.inTransaction((tx) =>
		saveAccountSettings(context, tx, id, {
			fees: [
				{
					method: 'bank_transfer',
					intent: null,
					currency: 'USD',
					fixed: 150,
					percent: '0',
					bearer: 'payer'
				}
			],
			limits: [{ method: 'wallet', intent: null, currency: 'USD', lowest: null, highest: 5_000 }]
		})
	);
}

/** The checkout's time is up, and the worker has not ended it yet. */
async function endSession({ db }: Context, transactionId: string): Promise<void> {
	const ended = Date.now() - 1;
	await db.inTransaction((tx) =>
		tx
			.updateTable('sessions')
			.set({ expires_at: ended })
			.where('id', '=', (query) =>
				query.selectFrom('transactions').select('session_id').where('id', '=', transactionId)
			)
			.execute()
	);
}
