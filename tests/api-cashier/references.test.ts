import { expect, test } from 'vitest';
import { cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import { readPaymentOfSession } from '../../src/lib/server/payments/read-payment';
import { seedRequest } from './orders';
import { addMerchant, describeApi } from './stage';

describeApi('a tracking id', (stage) => {
	const open = async (request: object, key?: string) =>
		stage.call({ body: { request }, ...(key && { key }) });

	const sessionsOf = (reference: string) =>
		stage.context.db.read
			.selectFrom('sessions')
			.select(['id', 'application_id'])
			.where('reference', '=', reference)
			.execute();

	test('that comes again with the same content leads to the same session', async () => {
		const request = seedRequest();
		const first = await open(request);
		const again = await open(request);
		expect([first.status, again.status]).toEqual([200, 200]);
		expect(again.json.token).toBe(first.json.token);
		expect(await sessionsOf(request.tracking_id)).toHaveLength(1);
	});

	test('that comes again with other content is refused', async () => {
		const request = seedRequest();
		await open(request);
		const others = [
			{ amount: 10.06 },
			{ currency: 'GBP' },
			{ user_id: '129' },
			{ amount_restricted: false },
			{ theme: 'light' },
			{ ip: '127.34.125.55' },
			{ customer: { ...request.customer, first_name: 'Jane' } },
			{ settings: { return_url: 'https://shop.example/' } }
		];
		for (const other of others) {
			const { status, json, text } = await open({ ...request, ...other });
			expect(status, text).toBe(409);
			expect(json).toMatchObject({ code: 'reference_reused', error: expect.any(String) });
		}
		expect(await sessionsOf(request.tracking_id)).toHaveLength(1);
	});

	test('that comes a hundred times at once opens one session', async () => {
		const request = seedRequest();
		const replies = await Promise.all(Array.from({ length: 100 }, () => open(request)));
		expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
		expect(new Set(replies.map(({ json }) => json.token)).size).toBe(1);
		expect(await sessionsOf(request.tracking_id)).toHaveLength(1);
	});

	test('that two orders fight for goes to one of them', async () => {
		const request = seedRequest();
		const replies = await Promise.all(
			Array.from({ length: 20 }, (_, index) => open({ ...request, amount: 10 + (index % 2) }))
		);
		const taken = replies.filter(({ status }) => status === 200);
		const refused = replies.filter(({ status }) => status === 409);
		expect(taken.length).toBeGreaterThan(0);
		expect(taken.length + refused.length).toBe(20);
		expect(new Set(taken.map(({ json }) => json.token)).size).toBe(1);
		expect(await sessionsOf(request.tracking_id)).toHaveLength(1);
	});

	test('means another order in another application', async () => {
		const request = seedRequest();
		const other = await addMerchant(stage.context, 'Other Ltd');
		const [mine, theirs] = [await open(request), await open(request, other.testKey)];
		expect([mine.status, theirs.status]).toEqual([200, 200]);
		expect(theirs.json.token).not.toBe(mine.json.token);
		const applications = (await sessionsOf(request.tracking_id)).map((row) => row.application_id);
		expect(applications.sort()).toEqual([stage.merchant.applicationId, other.applicationId].sort());
	});

	test('is free again once its transaction was canceled', async () => {
		const request = seedRequest();
		const first = await open(request);
		const [session] = await sessionsOf(request.tracking_id);
		const payment = await readPaymentOfSession(stage.context, session?.id ?? '');
		expect(await cancelPayment(stage.context, payment)).toBe('canceled');
		const again = await open({ ...request, amount: 99 });
		expect(again.status, again.text).toBe(200);
		expect(again.json.token).not.toBe(first.json.token);
		expect(await sessionsOf(request.tracking_id)).toHaveLength(2);
	});
});
