import { createMerchant } from '$lib/server/merchants/create-application';
import { createProviderAccount } from '$lib/server/merchants/provider-accounts';
import { setRate } from '$lib/server/rates/set-rate';
import { saveAccountSettings, type AccountSettings } from '$lib/server/routing/account-settings';
import type { Question } from '$lib/server/routing/decision';
import type { Rule } from '$lib/server/routing/rule';
import { saveRoutingSet } from '$lib/server/routing/routing-set';
import type { Mode } from '$lib/server/db/schema';
import type { TestContext } from '../databases';

type Set = Parameters<typeof saveRoutingSet>[2];

/** A merchant with accounts of the simulator, whose rules and rates a test writes. */
export interface Market {
	context: TestContext;
	merchantId: string;
	/** Opens an account of the simulator a second after the one before; returns its id. */
	account(settings?: Partial<AccountSettings>, mode?: Mode): Promise<number>;
	settings(id: number, settings: Partial<AccountSettings>): Promise<void>;
	disable(id: number): Promise<void>;
	/** Saves a set of rules, the default unless it is told otherwise; returns its id. */
	rules(rules: Rule[], changes?: Partial<Set>): Promise<number>;
	rate(base: string, quote: string, rate: string, date: string): Promise<void>;
	/** A card deposit of 10.05 euros. */
	question: Question;
}

export async function openMarket(context: TestContext): Promise<Market> {
	const { db } = context;
	const merchantId = await db.inTransaction((tx) => createMerchant(context, tx, 'Pelican Books'));
	return {
		context,
		merchantId,
		async account(settings = {}, mode = 'test') {
			context.clock.advance(1000);
			return db.inTransaction(async (tx) => {
				const account = { merchantId, mode, provider: 'simulator', credentials: { key: 'secret' } };
				const id = await createProviderAccount(context, tx, { ...account, name: 'One more' });
				await saveAccountSettings(context, tx, id, settings);
				return id;
			});
		},
		settings: (id, settings) =>
			db.inTransaction((tx) => saveAccountSettings(context, tx, id, settings)),
		async disable(id) {
			await db.inTransaction((tx) =>
				tx.updateTable('provider_accounts').set({ enabled: 0 }).where('id', '=', id).execute()
			);
		},
		rules: (rules, changes = {}) =>
			db.inTransaction((tx) => {
				const set = { merchantId, mode: 'test', name: 'Main', isDefault: true, rules } as const;
				return saveRoutingSet(context, tx, { ...set, ...changes });
			}),
		rate: (base, quote, rate, date) =>
			db.inTransaction((tx) => setRate(context, tx, { base, quote, rate, source: 'bank', date })),
		question: {
			merchantId,
			mode: 'test',
			intent: 'deposit',
			transactionId: '0190aaaa-0000-7000-8000-000000000001',
			method: 'card',
			amount: 1005,
			currency: 'EUR',
			payer: { reference: '128', country: 'AT', kycStatus: 'passed' },
			card: { brand: 'visa', bin: '42424242' }
		}
	};
}

/** A rule that sends everything to these accounts, in this order. */
export function ruleTo(...ids: number[]): Rule {
	return {
		name: 'Everything',
		when: {},
		choices: ids.map((account) => [{ account, weight: 1 }]),
		onFailure: { next: true, limit: 5 }
	};
}
