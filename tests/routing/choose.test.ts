import { expect, test } from 'vitest';
import { setPayerTags } from '$lib/server/merchants/payer-tags';
import { choose } from '$lib/server/routing/choose';
import type { Question } from '$lib/server/routing/decision';
import { describeOnEachEngine } from '../databases';
import { openMarket, ruleTo, type Market } from './open-market';

async function decided({ context, question }: Market, changes: Partial<Question> = {}) {
	const { choices, explanation } = await choose(context, { ...question, ...changes });
	return { ids: choices.map(({ account }) => account.id), choices, explanation };
}

describeOnEachEngine('choosing an account', (open) => {
	test('without rules: those that need no conversion, oldest first, three at most', async () => {
		const market = await openMarket(await open());
		await market.rate('EUR', 'USD', '1.1', '2026-11-20');
		const dollars = await market.account({ currencies: ['USD'] });
		const wallets = await market.account({ methods: ['wallet'] });
		const euros = [await market.account(), await market.account({ currencies: ['EUR'] })];
		const { ids, choices, explanation } = await decided(market);
		expect(ids).toEqual([...euros, dollars]);
		expect(choices[0]?.offer).toMatchObject({ name: 'card', kind: 'card' });
		expect(choices[2]?.terms).toEqual({
			fee: 0,
			merchantFee: 0,
			// 11.055 dollars, half to even.
			provider: { amount: 1106, currency: 'USD' },
			rate: { rate: '1.1', source: 'bank', date: '2026-11-20' },
			fxFee: 0
		});
		expect(explanation.accounts.at(-1)).toEqual({
			id: wallets,
			name: 'One more',
			verdict: 'left_out',
			because: 'method_off'
		});
		expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
	});

	test('a rate that is too old, or none, leaves the account out', async () => {
		const market = await openMarket(await open());
		await market.account({ currencies: ['USD'] });
		const because = async () => (await decided(market)).explanation.accounts[0]?.because;
		expect(await because()).toBe('no_rate');
		await market.rate('USD', 'EUR', '0.9', '2026-11-20');
		expect(await because()).toBe('no_rate');
		await market.rate('EUR', 'USD', '1.1', '2026-11-10');
		expect(await because()).toBe('no_rate');
		await market.rate('EUR', 'USD', '1.1', '2026-11-20');
		expect(await because()).toBeNull();
	});

	test('the default rules decide, others where a call names them, none where there are none', async () => {
		const market = await openMarket(await open());
		const [a, b, c] = [await market.account(), await market.account(), await market.account()];
		await market.rules([{ ...ruleTo(b, a), name: 'Cards of banks', when: { bins: ['4242'] } }]);
		const named = await market.rules([ruleTo(c)], { name: 'Other', isDefault: false });
		const byDefault = await decided(market);
		expect(byDefault.ids).toEqual([b, a]);
		expect(byDefault.explanation).toMatchObject({ set: { name: 'Main' }, rule: 'Cards of banks' });
		const byName = await decided(market, { routingSetId: named });
		expect(byName.ids).toEqual([c]);
		expect(byName.explanation.set).toEqual({ id: named, name: 'Other' });
		const passedOver = await decided(market, { card: { brand: 'visa', bin: '40000000' } });
		expect(passedOver.ids).toEqual([a, b, c]);
		expect(passedOver.explanation.skipped).toEqual([{ rule: 'Cards of banks', because: 'bins' }]);
		const unknown = await decided(market, { routingSetId: 99 });
		expect(unknown.ids).toEqual([]);
		const words = unknown.explanation.accounts.map(({ because }) => because);
		expect(words).toEqual(['not_named', 'not_named', 'not_named']);
	});

	test("a rule can ask for the payer's tags", async () => {
		const market = await openMarket(await open());
		const { context, merchantId } = market;
		const [a, b] = [await market.account(), await market.account()];
		await market.rules([{ ...ruleTo(b), when: { tags: ['vip'] } }]);
		expect((await decided(market)).ids).toEqual([a, b]);
		const payer = { merchantId, mode: 'test', reference: '128' } as const;
		await context.db.inTransaction((tx) => setPayerTags(tx, payer, ['vip']));
		expect((await decided(market)).ids).toEqual([b]);
		const nobody = { reference: null, country: null, kycStatus: null };
		expect((await decided(market, { payer: nobody })).ids).toEqual([a, b]);
	});

	test('an account that a call names is the only one, past the rules', async () => {
		const context = await open();
		const market = await openMarket(context);
		const other = await (await openMarket(context)).account();
		const [a, b] = [await market.account(), await market.account({ countries: ['DE'] })];
		await market.rules([ruleTo(b)]);
		const { ids, explanation } = await decided(market, { accountId: a });
		expect(ids).toEqual([a]);
		expect(explanation).toMatchObject({ set: null, rule: null, skipped: [] });
		expect(explanation.accounts[1]).toMatchObject({ id: b, because: 'not_named' });
		const unfit = await decided(market, { accountId: b });
		expect(unfit.ids).toEqual([]);
		expect(unfit.explanation.accounts[1]).toMatchObject({ id: b, because: 'country' });
		expect((await decided(market, { accountId: other })).ids).toEqual([]);
		await market.disable(a);
		expect((await decided(market, { accountId: a })).ids).toEqual([]);
	});

	test('the amount decides as well: a rule for it, and the limits of accounts', async () => {
		const market = await openMarket(await open());
		const limit = { method: null, intent: null, currency: 'EUR', lowest: null };
		const small = await market.account({ limits: [{ ...limit, highest: 1005 }] });
		const large = await market.account();
		await market.rules([{ ...ruleTo(small), when: { currency: 'EUR', highest: 2000 } }]);
		expect((await decided(market)).ids).toEqual([small]);
		const above = await decided(market, { amount: 1006 });
		expect(above.ids).toEqual([large]);
		expect(above.explanation.skipped).toEqual([{ rule: 'Everything', because: 'no_account' }]);
		const [, second] = above.explanation.accounts;
		expect(second).toMatchObject({ id: small, because: 'above_highest' });
		expect((await decided(market, { amount: 2001 })).explanation.skipped).toEqual([
			{ rule: 'Everything', because: 'amount' }
		]);
	});

	test('nothing is chosen whose credentials do not open', async () => {
		const market = await openMarket(await open());
		await market.account();
		await market.context.db.inTransaction((tx) =>
			tx.updateTable('provider_accounts').set({ credentials_sealed: 'spoiled' }).execute()
		);
		await expect(decided(market)).rejects.toThrow();
	});
});
