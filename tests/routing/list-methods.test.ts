import { expect, test } from 'vitest';
import { choose } from '$lib/server/routing/choose';
import { listMethods } from '$lib/server/routing/list-methods';
import { describeOnEachEngine, type TestContext } from '../databases';
import { openMarket, ruleTo, type Market } from './open-market';

type Listed = Parameters<typeof listMethods>[1];

function list({ context, question }: Market, changes: Partial<Listed> = {}) {
	return listMethods(context, { ...question, names: null, ...changes });
}

async function card(market: Market, changes: Partial<Listed> = {}) {
	const [view] = await list(market, { names: ['card'], ...changes });
	if (!view) throw new Error('cards are not offered');
	return view;
}

/** The tables that a piece of work reads, one entry a query. */
async function tablesRead(context: TestContext, work: (spied: TestContext) => Promise<unknown>) {
	const tables: string[] = [];
	const selectFrom = (table: string) => {
		tables.push(table);
		return context.db.read.selectFrom(table as 'rates');
	};
	const db = { ...context.db, read: { selectFrom } };
	await work({ ...context, db } as unknown as TestContext);
	return tables;
}

const limit = { method: null, intent: null, currency: 'EUR', lowest: null, highest: null };

describeOnEachEngine('listing methods', (open) => {
	test('each once, cards first, those of the intent and within what is asked for', async () => {
		const market = await openMarket(await open());
		expect(await list(market)).toEqual([]);
		const vouchers = await market.account({ methods: ['voucher', 'wallet'] });
		await market.account({ methods: ['card', 'wallet', 'bank', 'phone_payout'] });
		const names = async (changes: Partial<Listed> = {}) =>
			(await list(market, changes)).map(({ name }) => name);
		expect(await names()).toEqual(['card', 'wallet', 'voucher']);
		expect(await names({ intent: 'withdrawal' })).toEqual(['bank', 'phone_payout']);
		expect(await names({ names: ['voucher', 'card', 'cash'] })).toEqual(['card', 'voucher']);
		expect(await names({ routingSetId: 99 })).toEqual([]);
		expect(await names({ accountId: vouchers })).toEqual(['wallet', 'voucher']);
	});

	test('what the page needs of one, and the terms that are chosen by then', async () => {
		const market = await openMarket(await open());
		const fee = { method: null, intent: null, currency: null, fixed: 0, percent: '2' };
		await market.account({ limits: [{ ...limit, lowest: 100, highest: 50_000 }] });
		const second = await market.account({ fees: [{ ...fee, bearer: 'payer' }] });
		await market.rules([ruleTo(second)]);
		const view = await card(market);
		expect(view).toEqual({
			name: 'card',
			kind: 'card',
			provider: 'simulator',
			label: null,
			brands: ['visa', 'mastercard', 'american-express'],
			takes: 'at_once',
			usable: true,
			because: null,
			lowest: null,
			highest: null,
			terms: {
				fee: 20,
				merchantFee: 0,
				provider: { amount: 1025, currency: 'EUR' },
				rate: null,
				fxFee: 0
			}
		});
		const { choices } = await choose(market.context, market.question);
		expect(choices[0]?.terms).toEqual(view.terms);
		expect(await card(market, { amount: null })).toMatchObject({ usable: true, terms: null });
	});

	test('the widest limits of the accounts that could take it', async () => {
		const market = await openMarket(await open());
		await market.rate('EUR', 'USD', '2', '2026-11-20');
		const inDollars = { ...limit, currency: 'USD', lowest: 100, highest: 10_000 };
		await market.account({ limits: [{ ...limit, lowest: 500, highest: 9000 }] });
		await market.account({ currencies: ['USD'], limits: [inDollars] });
		await market.account({ countries: ['DE'] });
		expect(await card(market, { amount: null })).toMatchObject({
			usable: true,
			lowest: 50,
			highest: 9000
		});
		expect(await card(market, { amount: 9001 })).toMatchObject({
			usable: false,
			because: 'above_highest',
			lowest: 50,
			highest: 9000,
			terms: null
		});
		expect(await card(market, { amount: 49 })).toMatchObject({ because: 'below_lowest' });
	});

	test('what cannot be used says why, by the account that came nearest', async () => {
		const market = await openMarket(await open());
		await market.account({ currencies: ['USD'], converts: false });
		const view = () => card(market);
		expect(await view()).toMatchObject({ usable: false, because: 'currency', terms: null });
		const second = await market.account({ countries: ['DE'] });
		expect(await view()).toMatchObject({ usable: false, because: 'country' });
		const now = market.context.clock.now();
		await market.settings(second, { maintenance: [{ from: now, until: now + 60_000 }] });
		expect(await view()).toMatchObject({ usable: false, because: 'maintenance' });
		market.context.clock.advance(60_000);
		expect(await view()).toMatchObject({ usable: true, because: null });
	});

	test('accounts, rules and rates are read once, and no credentials are opened', async () => {
		const market = await openMarket(await open());
		for (let left = 5; left > 0; left--) await market.account({ currencies: ['USD'] });
		await market.account({ currencies: ['EUR'] });
		await market.rules([]);
		const { context } = market;
		await context.db.inTransaction((tx) =>
			tx.updateTable('provider_accounts').set({ credentials_sealed: 'spoiled' }).execute()
		);
		const tables = await tablesRead(context, (spied) => list({ ...market, context: spied }));
		expect(tables.sort()).toEqual(['provider_accounts', 'rates', 'routing_sets']);
	});
});
