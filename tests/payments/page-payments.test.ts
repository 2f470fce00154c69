import { expect, test } from 'vitest';
import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';
import type { Application } from '$lib/server/merchants/application';
import { createApplication, createMerchant } from '$lib/server/merchants/create-application';
import { findApplication } from '$lib/server/merchants/find-application';
import { cancelForMerchant } from '$lib/server/payments/cancel-payment';
import { readPaymentsAfter, readPaymentsPage } from '$lib/server/payments/page-payments';
import { readPaymentOfSession } from '$lib/server/payments/read-payment';
import { openSession, type Order } from '$lib/server/sessions/open-session';
import { describeOnEachEngine } from '../databases';

const order: Order = {
	mode: 'test',
	intent: 'deposit',
	amount: 1000,
	currency: 'EUR',
	amountEditable: false,
	lowestAmount: null,
	highestAmount: null,
	presetAmounts: null,
	payerReference: null,
	reference: null,
	customer: null,
	payerIp: null,
	description: null,
	returnAddresses: {},
	webhookUrl: null,
	locale: null,
	theme: 'auto',
	methods: null,
	expiresIn: 3600
};

async function addApplication(
	context: Context,
	merchantId: string,
	dialect: Dialect
): Promise<Application> {
	const shape = { name: 'Shop', frameOrigins: [], returnOrigins: [] };
	const id = await context.db.inTransaction((tx) =>
		createApplication(context, tx, { ...shape, merchantId, dialect })
	);
	const application = await findApplication(context, id);
	if (!application) throw new Error('No such application');
	return application;
}

const addMerchant = (context: Context) =>
	context.db.inTransaction((tx) => createMerchant(context, tx, 'Pelican Books'));

describeOnEachEngine('pages of payments', (open) => {
	test('by number: a merchant’s of one dialect and mode, the newest first', async () => {
		const context = await open();
		const [merchantId, other] = [await addMerchant(context), await addMerchant(context)];
		const own = await addApplication(context, merchantId, 'checkout');
		const second = await addApplication(context, merchantId, 'checkout');
		const charges = await addApplication(context, merchantId, 'charges');
		const theirs = await addApplication(context, other, 'checkout');
		const ids: string[] = [];
		const add = async (application: Application, mode: Order['mode'] = 'test') => {
			const { transactionId } = await openSession(context, application, { ...order, mode });
			context.clock.advance(1);
			return transactionId;
		};
		for (const application of [own, second, own, second, own]) {
			ids.unshift(await add(application));
			await add(charges);
			await add(theirs);
			await add(own, 'live');
		}
		await context.db.inTransaction((tx) =>
			tx.updateTable('applications').set({ deleted_at: 1 }).where('id', '=', second.id).execute()
		);
		const owner = { merchantId, mode: 'test', dialect: 'checkout' } as const;
		const read = async (page: number) => {
			const { payments, total } = await readPaymentsPage(context, owner, { page, perPage: 2 });
			expect(total).toBe(5);
			return payments.map(({ transactionId }) => transactionId);
		};
		expect([...(await read(1)), ...(await read(2)), ...(await read(3))]).toEqual(ids);
		expect(await read(4)).toEqual([]);
		const nobody = { ...owner, merchantId: 'nobody' };
		expect(await readPaymentsPage(context, nobody, { page: 1, perPage: 2 })).toEqual({
			payments: [],
			total: 0
		});
	});

	test('by the last id: an application’s, in the states that are asked for', async () => {
		const context = await open();
		const merchantId = await addMerchant(context);
		const own = await addApplication(context, merchantId, 'charges');
		const other = await addApplication(context, merchantId, 'charges');
		const ids: string[] = [];
		for (let number = 0; number < 9; number++) {
			const { id, transactionId } = await openSession(context, own, order);
			await openSession(context, other, order);
			await openSession(context, own, { ...order, mode: 'live' });
			if (number % 3 === 0) {
				await cancelForMerchant(context, await readPaymentOfSession(context, id));
			}
			ids.unshift(transactionId);
			context.clock.advance(1);
		}
		const owner = { applicationId: own.id, mode: 'test' } as const;
		const all = await readPaymentsAfter(context, owner, { limit: 9 });
		expect(all.hasMore).toBe(false);
		expect(all.payments.map(({ transactionId }) => transactionId)).toEqual(ids);
		const standings = ['created', 'pending'] as const;
		const wanted = ids.filter((_, index) => (8 - index) % 3 !== 0);
		const first = await readPaymentsAfter(context, owner, { standings, limit: 4 });
		expect(first.hasMore).toBe(true);
		expect(first.payments.map(({ transactionId }) => transactionId)).toEqual(wanted.slice(0, 4));
		const after = wanted[3];
		const rest = await readPaymentsAfter(context, owner, { standings, after, limit: 4 });
		expect(rest.hasMore).toBe(false);
		expect(rest.payments.map(({ transactionId }) => transactionId)).toEqual(wanted.slice(4));
	});
});
