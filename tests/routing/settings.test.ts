import { expect, test } from 'vitest';
import { BusinessError } from '$lib/server/errors';
import { createProviderAccount } from '$lib/server/merchants/provider-accounts';
import { readPayerTags, setPayerTags } from '$lib/server/merchants/payer-tags';
import type { AccountSettings } from '$lib/server/routing/account-settings';
import { findProviderAccount, listProviderAccounts } from '$lib/server/routing/provider-account';
import { findRoutingSet, hasRoutingSet } from '$lib/server/routing/routing-set';
import type { Rule } from '$lib/server/routing/rule';
import { describeOnEachEngine } from '../databases';
import { openMarket, ruleTo } from './open-market';

/** The fields that were refused, with their rules. */
async function refused(work: Promise<unknown>): Promise<string[]> {
	const error = await work.then(
		() => new Error('it was taken'),
		(thrown: unknown) => thrown
	);
	if (!(error instanceof BusinessError)) throw error;
	if (error.code !== 'invalid') return [error.code];
	return (error.details.fields ?? []).map(({ field, message }) => `${field} ${message}`);
}

const hours = { days: [1, 7], from: '22:00', until: '02:00', timeZone: 'Africa/Cairo' };
const limit = { method: null, intent: null, currency: 'EUR', lowest: 1, highest: 2 };
const fee = { method: null, intent: null, currency: null, percent: '1.5', fixed: 0 };
const full: AccountSettings = {
	methods: ['card', 'wallet'],
	currencies: ['EUR', 'KWD'],
	countries: ['AT'],
	converts: false,
	limits: [{ ...limit, method: 'card', intent: 'deposit' }],
	fees: [{ ...fee, bearer: 'payer' }],
	fxPercent: '2.25',
	hours,
	maintenance: []
};

const faultySettings: [settings: object, fault: string][] = [
	[{ methods: [] }, 'methods must not be empty'],
	[{ methods: ['crad'] }, 'methods.0 must be a method of the provider'],
	[{ methods: ['Card!'] }, 'methods.0 must be the name of a method'],
	[{ currencies: ['EUR', 'XAU'] }, 'currencies.1 must be a currency of ISO 4217'],
	[{ countries: ['Austria'] }, 'countries.0 must be two capital letters (ISO 3166)'],
	[{ converts: 1 }, 'converts must be true or false'],
	[
		{ limits: [{ ...limit, lowest: null, highest: null }] },
		'limits.0 must have a lowest or a highest amount'
	],
	[{ limits: [{ ...limit, lowest: 3 }] }, 'limits.0.highest must not be below lowest'],
	[
		{ limits: [{ ...limit, lowest: 0.5 }] },
		'limits.0.lowest must be a whole number of minor units'
	],
	[{ limits: [{ ...limit, method: 'cash' }] }, 'limits.0.method must be a method of the provider'],
	[
		{ fees: [{ ...fee, bearer: 'payer', fixed: 30 }] },
		'fees.0.currency must be there for a fixed fee'
	],
	[{ fees: [{ ...fee, bearer: 'bank' }] }, 'fees.0.bearer must be payer or merchant'],
	[
		{ fees: [{ ...fee, bearer: 'payer', percent: '1.0000001' }] },
		'fees.0.percent must be a decimal from 0 to 100 with at most 6 decimals'
	],
	[{ fxPercent: 1.5 }, 'fxPercent must be a decimal in text such as "1.5"'],
	[{ fxPercent: '101' }, 'fxPercent must be a decimal from 0 to 100 with at most 6 decimals'],
	[{ hours: { ...hours, days: [0] } }, 'hours.days.0 must be a day from 1 (Monday) to 7'],
	[{ hours: { ...hours, from: '24:00' } }, 'hours.from must be a time as HH:MM'],
	[{ hours: { ...hours, timeZone: '+02:00' } }, 'hours.timeZone must be a time zone (IANA)'],
	[{ hours: { ...hours, timeZone: 'Mars/Base' } }, 'hours.timeZone must be a time zone (IANA)'],
	[{ maintenance: [{ from: 5, until: 5 }] }, 'maintenance.0.until must be after from'],
	[{ mehtods: ['card'] }, 'mehtods is not known']
];

describeOnEachEngine("a provider account's settings", (open) => {
	test('are read as they were saved, and restrict nothing before', async () => {
		const market = await openMarket(await open());
		const id = await market.account();
		const before = await findProviderAccount(market.context, id);
		expect(before).toMatchObject({ name: 'One more', settings: { methods: null, limits: [] } });
		await market.settings(id, full);
		const after = await findProviderAccount(market.context, id);
		expect(after?.settings).toEqual(full);
	});

	test('an account from before there were names is called as its provider', async () => {
		const market = await openMarket(await open());
		const id = await market.account();
		await market.context.db.inTransaction((tx) =>
			tx.updateTable('provider_accounts').set({ name: '' }).where('id', '=', id).execute()
		);
		expect(await findProviderAccount(market.context, id)).toMatchObject({ name: 'simulator' });
	});

	test('maintenance that is over is dropped', async () => {
		const market = await openMarket(await open());
		const id = await market.account();
		const now = market.context.clock.now();
		const ahead = { from: now - 5, until: now + 5 };
		await market.settings(id, { maintenance: [{ from: now - 10, until: now }, ahead] });
		const account = await findProviderAccount(market.context, id);
		expect(account?.settings.maintenance).toEqual([ahead]);
	});

	test('a fault is named with its field and rule, and changes nothing', async () => {
		const market = await openMarket(await open());
		const id = await market.account(full);
		for (const [settings, fault] of faultySettings) {
			expect(await refused(market.settings(id, settings))).toEqual([fault]);
		}
		expect((await findProviderAccount(market.context, id))?.settings).toEqual(full);
		expect(await refused(market.settings(99, {}))).toEqual(['not_found']);
	});
});

describeOnEachEngine('provider accounts', (open) => {
	test('lists the enabled ones of merchant and mode, oldest first', async () => {
		const context = await open();
		const market = await openMarket(context);
		const other = await openMarket(context);
		await other.account();
		const ids = [await market.account(), await market.account(), await market.account()];
		await market.disable(ids[1] ?? 0);
		await market.account({}, 'live');
		const { merchantId } = market;
		const listed = await listProviderAccounts(context, { merchantId, mode: 'test' });
		expect(listed.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
		// What it has begun, a disabled account has to end.
		expect(await findProviderAccount(context, ids[1] ?? 0)).toMatchObject({ id: ids[1] });
	});

	test('live money never reaches the simulator', async () => {
		const market = await openMarket(await open());
		const id = await market.account({}, 'live');
		const { context, merchantId } = market;
		expect(await findProviderAccount(context, id)).toBeUndefined();
		expect(await listProviderAccounts(context, { merchantId, mode: 'live' })).toEqual([]);
	});

	test('opens credentials when they are asked for, and not before', async () => {
		const market = await openMarket(await open());
		const { context, merchantId } = market;
		const id = await market.account();
		const account = await findProviderAccount(context, id);
		expect(account?.call.credentials).toEqual({ key: 'secret' });
		const path = `/provider-callbacks/simulator/${id}`;
		expect(account?.call.callbackUrl).toBe(context.config.selfOrigin + path);
		await context.db.inTransaction((tx) =>
			tx.updateTable('provider_accounts').set({ credentials_sealed: 'spoiled' }).execute()
		);
		const [spoiled] = await listProviderAccounts(context, { merchantId, mode: 'test' });
		expect(() => spoiled?.call).toThrow();
	});

	test('a merchant has at most 100 in a mode, and their names have a bound', async () => {
		const { context, merchantId } = await openMarket(await open());
		const account = { merchantId, mode: 'test', provider: 'simulator', credentials: {} } as const;
		const create = (name: string, mode: 'test' | 'live' = 'test') =>
			context.db.inTransaction((tx) =>
				createProviderAccount(context, tx, { ...account, name, mode })
			);
		expect(await refused(create('x'.repeat(101)))).toEqual(['name must be at most 100 characters']);
		await context.db.inTransaction(async (tx) => {
			for (let left = 100; left > 0; left--) await createProviderAccount(context, tx, account);
		});
		expect(await refused(create('one more'))).toEqual([
			'provider_account must be one of at most 100 of a merchant and mode'
		]);
		expect(await create('of the other mode', 'live')).toBeGreaterThanOrEqual(100_000_000);
	});
});

const faultyRules: [changes: object, fault: string][] = [
	[{ name: '' }, 'rules.0.name must not be empty'],
	[{ when: { brand: ['visa'] } }, 'rules.0.when.brand is not known'],
	[
		{ when: { lowest: 5 } },
		'rules.0.when.currency must be there with lowest or highest, and only then'
	],
	[
		{ when: { currency: 'EUR' } },
		'rules.0.when.currency must be there with lowest or highest, and only then'
	],
	[
		{ when: { currency: 'EUR', lowest: 5, highest: 4 } },
		'rules.0.when.highest must not be below lowest'
	],
	[{ when: { bins: ['424242424'] } }, 'rules.0.when.bins.0 must be 1 to 8 digits'],
	[{ when: { kyc: ['unknown'] } }, 'rules.0.when.kyc.0 must be passed, pending, failed or none'],
	[{ when: { tags: [] } }, 'rules.0.when.tags must not be empty'],
	[{ choices: [] }, 'rules.0.choices must not be empty'],
	[{ choices: [[]] }, 'rules.0.choices.0 must not be empty'],
	[
		{ onFailure: { next: true, limit: 11 } },
		'rules.0.onFailure.limit must be a whole number from 1 to 10'
	]
];

describeOnEachEngine('sets of rules', (open) => {
	test('are read as they were saved; one is the default of merchant and mode', async () => {
		const market = await openMarket(await open());
		const { context, merchantId } = market;
		const of = { merchantId, mode: 'test' } as const;
		const account = await market.account();
		const rule: Rule = {
			...ruleTo(account),
			when: { modes: ['test'], bins: ['4'], currency: 'EUR', lowest: 5, tags: ['vip'] }
		};
		expect(await findRoutingSet(context, { ...of, id: undefined })).toBeUndefined();
		const first = await market.rules([rule]);
		expect(String(first)).toMatch(/^\d{9}$/);
		const saved = { id: first, name: 'Main', rules: [rule] };
		expect(await findRoutingSet(context, { ...of, id: undefined })).toEqual(saved);
		const second = await market.rules([], { name: 'Quiet' });
		expect(await findRoutingSet(context, { ...of, id: undefined })).toMatchObject({ id: second });
		expect(await findRoutingSet(context, { ...of, id: first })).toEqual(saved);
		await market.rules([rule], { id: first });
		expect(await findRoutingSet(context, { ...of, id: undefined })).toEqual(saved);
		await market.rules([rule], { id: first, isDefault: false });
		expect(await findRoutingSet(context, { ...of, id: undefined })).toBeUndefined();
	});

	test('two defaults at once: one is left', async () => {
		const market = await openMarket(await open());
		const saves = Array.from({ length: 10 }, () => market.rules([]));
		const results = await Promise.allSettled(saves);
		const saved = results.filter(({ status }) => status === 'fulfilled');
		expect(saved.length).toBeGreaterThan(0);
		for (const result of results) {
			if (result.status === 'rejected') expect(result.reason.name).toBe('ConflictError');
		}
		const defaults = await market.context.db.read
			.selectFrom('routing_sets')
			.select('id')
			.where('is_default', '=', 1)
			.execute();
		expect(defaults).toHaveLength(1);
	});

	test("another merchant's and the other mode's are not there", async () => {
		const context = await open();
		const market = await openMarket(context);
		const other = await openMarket(context);
		const own = await market.account();
		const id = await market.rules([ruleTo(own)]);
		const { merchantId } = market;
		expect(await hasRoutingSet(context, { merchantId, mode: 'test', id })).toBe(true);
		expect(await hasRoutingSet(context, { merchantId, mode: 'live', id })).toBe(false);
		const theirs = { merchantId: other.merchantId, mode: 'test' } as const;
		expect(await hasRoutingSet(context, { ...theirs, id })).toBe(false);
		expect(await refused(other.rules([], { id }))).toEqual(['not_found']);
		expect(await refused(market.rules([], { id, mode: 'live' }))).toEqual(['not_found']);
		const foreign = 'must be a provider account of the merchant in this mode';
		expect(await refused(other.rules([ruleTo(own)]))).toEqual([
			`rules.0.choices.0.0.account ${foreign}`
		]);
		const live = await market.account({}, 'live');
		expect(await refused(market.rules([ruleTo(own, live)]))).toEqual([
			`rules.0.choices.1.0.account ${foreign}`
		]);
	});

	test('a fault is named with its field and rule', async () => {
		const market = await openMarket(await open());
		const rule = ruleTo(await market.account());
		for (const [changes, fault] of faultyRules) {
			const faulty = { ...rule, ...changes } as Rule;
			expect(await refused(market.rules([faulty]))).toEqual([fault]);
		}
		const twice = [...rule.choices, ...rule.choices];
		expect(await refused(market.rules([{ ...rule, choices: twice }]))).toEqual([
			'rules.0.choices must name each account once'
		]);
		const heavy = rule.choices.map((tier) => tier.map((one) => ({ ...one, weight: 1001 })));
		expect(await refused(market.rules([{ ...rule, choices: heavy }]))).toEqual([
			'rules.0.choices.0.0.weight must be a whole number from 1 to 1000'
		]);
	});
});

describeOnEachEngine("a payer's tags", (open) => {
	test('are replaced whole, and are one merchant and mode only', async () => {
		const context = await open();
		const payer = { merchantId: 'one', mode: 'test', reference: '128' } as const;
		const set = (tags: string[]) => context.db.inTransaction((tx) => setPayerTags(tx, payer, tags));
		expect(await readPayerTags(context, payer)).toEqual([]);
		await set(['vip', 'gold', 'vip']);
		expect(await readPayerTags(context, payer)).toEqual(['vip', 'gold']);
		await set(['silver']);
		expect(await readPayerTags(context, payer)).toEqual(['silver']);
		expect(await readPayerTags(context, { ...payer, mode: 'live' })).toEqual([]);
		expect(await readPayerTags(context, { ...payer, merchantId: 'two' })).toEqual([]);
		expect(await refused(set(['']))).toEqual(['tags.0 must not be empty']);
	});
});
