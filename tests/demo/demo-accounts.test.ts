import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Context } from '$lib/server/context';
import { refreshDemoRates } from '$lib/server/demo/demo-rates';
import { prepareDemo } from '$lib/server/demo/prepare-demo';
import { findRate } from '$lib/server/rates/find-rate';
import { saveAccountSettings } from '$lib/server/routing/account-settings';
import { choose } from '$lib/server/routing/choose';
import { findProviderAccount } from '$lib/server/routing/provider-account';
import { describeOnEachEngine } from '../databases';

const question = {
	merchantId: '01930000-0000-7000-8000-00000000de40',
	mode: 'test',
	intent: 'deposit',
	transactionId: 'transaction-1',
	method: 'card',
	amount: 2500,
	currency: 'EUR',
	payer: { reference: null, country: null, kycStatus: null }
} as const;

async function prepare(context: Context) {
	const keys = await prepareDemo(context);
	if (!keys) throw new Error('There is no demo');
	return keys;
}

function dayOf({ clock }: Context): string {
	return new Date(clock.now()).toISOString().slice(0, 10);
}

describeOnEachEngine('the demo’s accounts', (open) => {
	it('make one from before there were names the first, which keeps its number', async () => {
		const context = await open();
		const { origin, cashier } = await prepare(context);
		await context.db.inTransaction(async (tx) => {
			await tx.deleteFrom('routing_sets').execute();
			await tx.deleteFrom('provider_accounts').where('name', '!=', 'Simulator').execute();
			await tx.updateTable('provider_accounts').set({ name: '', settings: '{}' }).execute();
		});
		const keys = { ...cashier, provider_id: undefined, routing_id: undefined };
		const file = JSON.stringify({ origin, cashier: keys });
		writeFileSync(join(context.config.dataDir, 'demo.json'), file);
		const after = await prepare(context);
		expect(after.cashier).toEqual({ ...cashier, routing_id: after.cashier.routing_id });
		const account = await findProviderAccount(context, cashier.provider_id);
		expect(account).toMatchObject({ name: 'Simulator' });
		expect(account?.settings.fees).not.toEqual([]);
	});

	it('stay as somebody changed them', async () => {
		const context = await open();
		const { cashier } = await prepare(context);
		const id = cashier.provider_id;
		await context.db.inTransaction((tx) =>
			saveAccountSettings(context, tx, id, { methods: ['voucher'] })
		);
		expect((await prepare(context)).cashier).toEqual(cashier);
		expect((await findProviderAccount(context, id))?.settings.methods).toEqual(['voucher']);
	});

	it('have fresh rates for as long as the demo runs', async () => {
		const context = await open();
		await prepare(context);
		const rate = () => findRate(context, 'CHF', 'USD', context.clock.now());
		expect(await rate()).toMatchObject({ source: 'demo', date: dayOf(context) });
		expect(await refreshDemoRates(context)).toBe(0);
		context.clock.advance(30 * 86_400_000);
		expect(await rate()).toBeUndefined();
		expect(await refreshDemoRates(context)).toBeGreaterThan(0);
		expect(await rate()).toMatchObject({ source: 'demo', date: dayOf(context) });
		expect(await refreshDemoRates(context)).toBe(0);
	});

	it.each([
		['EUR', 'card', { fee: 0, rate: null }],
		// 0.30 and 1.5 % of 25.00, half to even: 37.5 → 38.
		['EUR', 'wallet', { fee: 68, provider: { amount: 2568, currency: 'EUR' }, rate: null }],
		['CHF', 'card', { fee: 0, rate: { rate: '1.1236', source: 'demo' }, fxFee: 28 }],
		['JPY', 'card', { fee: 0, provider: { amount: 2500, currency: 'JPY' }, rate: null }]
	])('charge %s by %s on these terms', async (currency, method, terms) => {
		const context = await open();
		await prepare(context);
		const { choices } = await choose(context, { ...question, currency, method });
		expect(choices).toHaveLength(1);
		expect(choices[0]?.terms).toMatchObject(terms);
	});

	it('have rules under which the first account declines and the second pays', async () => {
		const context = await open();
		const { cashier } = await prepare(context);
		const routingSetId = cashier.routing_id;
		const { choices } = await choose(context, { ...question, routingSetId });
		expect(choices.map(({ account }) => account.name)).toEqual(['Simulator, moody', 'Simulator']);
		expect(choices[0]?.account.call.credentials.temper).toBe('moody');
		expect(choices[1]?.account.call.credentials.temper).toBeUndefined();
	});
});
