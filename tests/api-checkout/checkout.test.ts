import { expect, test } from 'vitest';
import { addCheckoutApplication, describeCheckout, orderOf, refusalOf } from './stage';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describeCheckout('POST /api/payment/checkout', (stage) => {
	test('opens a payment that is then read in the contract’s keys', async () => {
		const order = orderOf(stage.merchant);
		const { id, checkoutUrl } = await stage.open(order);
		expect(checkoutUrl).toMatch(
			new RegExp(`^${stage.app.origin}/checkout/${id}\\?expires=\\d+&signature=[0-9a-f]{64}$`)
		);
		const { createdAt, expiresAt, ...payment } = await stage.read(id);
		expect(payment).toEqual({
			id,
			userId: stage.merchant.merchantId,
			status: 'PENDING',
			reference: order.reference,
			referenceLabel: 'Order #123',
			amount: 10_000,
			currencyCode: 'USD',
			settlementCurrencyCode: 'USD',
			clientId: order.clientId,
			receivedAmount: 0
		});
		expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(HOUR);
		expect(new URL(checkoutUrl).searchParams.get('expires')).toBe(
			String(Math.floor(Date.parse(expiresAt) / 1000))
		);
	});

	test('has keys in the contract’s order', async () => {
		const { id } = await stage.open();
		expect(Object.keys(await stage.read(id))).toEqual(
			(
				'id userId status reference referenceLabel amount currencyCode ' +
				'settlementCurrencyCode clientId createdAt expiresAt receivedAmount'
			).split(' ')
		);
	});

	test('keeps what is optional', async () => {
		const expiresAt = new Date(Date.now() + 2 * 24 * HOUR).toISOString();
		const { id } = await stage.open({
			...orderOf(stage.merchant),
			expiresAt,
			settlementCurrencyCode: 'EUR',
			redirectUrl: 'https://shop.example/back?basket=7',
			siteId: null,
			blockchainSlug: null,
			productId: null
		});
		expect(await stage.read(id)).toMatchObject({ expiresAt, settlementCurrencyCode: 'EUR' });
	});

	test('takes a moment of any time zone, from 5 minutes to 7 days ahead', async () => {
		const at = (ahead: number) => new Date(Date.now() + ahead).toISOString();
		for (const ahead of [6 * MINUTE, 7 * 24 * HOUR - MINUTE]) {
			await stage.open({ ...orderOf(stage.merchant), expiresAt: at(ahead) });
		}
		const local = `${at(3 * HOUR).slice(0, 19)}+02:00`;
		const { id } = await stage.open({ ...orderOf(stage.merchant), expiresAt: local });
		expect((await stage.read(id)).expiresAt).toBe(new Date(local).toISOString());
		for (const ahead of [-HOUR, 4 * MINUTE, 7 * 24 * HOUR + MINUTE]) {
			const body = { ...orderOf(stage.merchant), expiresAt: at(ahead) };
			expect(refusalOf(await stage.call({ body }), 422).errors).toEqual({
				expiresAt: ['must be from 5 minutes to 7 days ahead']
			});
		}
	});

	test('takes amounts up to fifteen digits, exactly', async () => {
		for (const amount of [1, 2 ** 31, 999_999_999_999_999]) {
			const { id } = await stage.open({ ...orderOf(stage.merchant), amount });
			expect((await stage.read(id)).amount).toBe(amount);
		}
	});

	test('may come from the merchant’s access token, for any of its applications', async () => {
		const { merchantId, accessToken } = stage.merchant;
		const application = await addCheckoutApplication(stage.context, merchantId);
		const { id } = await stage.open(orderOf({ application }), accessToken);
		expect((await stage.read(id)).clientId).toBe(application.clientId);
	});

	test('is held to the currencies of the application', async () => {
		const { context, merchant } = stage;
		const currencies = ['EUR', 'YER'];
		const { merchantId } = merchant;
		const application = await addCheckoutApplication(context, merchantId, { currencies });
		const { token } = application;
		const order = orderOf({ application });
		for (const currencyCode of currencies) {
			const { id } = await stage.open({ ...order, reference: currencyCode, currencyCode }, token);
			expect((await stage.read(id)).currencyCode).toBe(currencyCode);
		}
		const before = await stage.countRows();
		for (const one of [token, merchant.accessToken]) {
			const { errors } = refusalOf(await stage.call({ body: order, token: one }), 422);
			expect(errors).toEqual({
				currencyCode: ['is not taken by this application, which takes EUR, YER']
			});
		}
		expect(await stage.countRows()).toBe(before);
	});
});
