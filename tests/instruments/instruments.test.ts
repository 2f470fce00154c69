import { expect, test } from 'vitest';
import type { Context } from '$lib/server/context';
import { findInstrument, openToken } from '$lib/server/instruments/find-instrument';
import { keepInstrument } from '$lib/server/instruments/keep-instrument';
import { listInstruments } from '$lib/server/instruments/list-instruments';
import { removeInstrument } from '$lib/server/instruments/remove-instrument';
import { touchInstrument } from '$lib/server/instruments/touch-instrument';
import { describeOnEachEngine } from '../databases';

const owner = { merchantId: 'merchant', mode: 'test', payerReference: '128' } as const;

const others = [
	{ ...owner, payerReference: '129' },
	{ ...owner, merchantId: 'another' },
	{ ...owner, mode: 'live' }
] as const;

const visa = {
	...owner,
	accountId: 123_456_789,
	token: 'tok_first',
	brand: 'visa',
	last4: '1111',
	expiry: '2030-12',
	agreedAt: Number.MAX_SAFE_INTEGER
};

function keep(context: Context, changes: Partial<Parameters<typeof keepInstrument>[2]> = {}) {
	return context.db.inTransaction((tx) => keepInstrument(context, tx, { ...visa, ...changes }));
}

const rowsOf = ({ db }: Context) => db.read.selectFrom('instruments').selectAll().execute();

async function onlyId(context: Context): Promise<string> {
	const [first, ...more] = await listInstruments(context, owner);
	expect(more).toEqual([]);
	return first?.id ?? 'none';
}

async function tokenOf(context: Context, id: string): Promise<string | undefined> {
	const found = await findInstrument(context, owner, id);
	return found && openToken(context, found);
}

describeOnEachEngine('instruments', (open) => {
	test('are kept as brand, last four, expiry and a sealed token', async () => {
		const context = await open();
		await keep(context);
		const id = await onlyId(context);
		const facts = {
			id,
			accountId: 123_456_789,
			brand: 'visa',
			last4: '1111',
			expiry: '2030-12',
			lastUsedAt: context.clock.now()
		};
		expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
		expect(await listInstruments(context, owner)).toEqual([facts]);
		expect(await findInstrument(context, owner, id)).toMatchObject(facts);
		expect(await tokenOf(context, id)).toBe('tok_first');
		expect(JSON.stringify(await rowsOf(context))).not.toContain('tok_first');
	});

	test('a token opens in its own row only', async () => {
		const context = await open();
		await keep(context);
		await keep(context, { last4: '2222' });
		const [first, second] = await listInstruments(context, owner);
		const [one, two] = await Promise.all(
			[first, second].map((card) => findInstrument(context, owner, card?.id ?? ''))
		);
		if (!one || !two) throw new Error('two cards were kept');
		expect(() => openToken(context, { ...one, tokenSealed: two.tokenSealed })).toThrow();
	});

	test('belong to one payer of one merchant in one mode', async () => {
		const context = await open();
		await keep(context);
		const id = await onlyId(context);
		for (const other of others) {
			expect(await listInstruments(context, other)).toEqual([]);
			expect(await findInstrument(context, other, id)).toBeUndefined();
			expect(await removeInstrument(context, other, id)).toBe(false);
		}
		expect(await tokenOf(context, id)).toBe('tok_first');
		for (const other of others) await keep(context, { ...other, token: 'tok_other' });
		expect(await rowsOf(context)).toHaveLength(4);
		expect(await tokenOf(context, id)).toBe('tok_first');
	});

	test('what is no id finds nothing', async () => {
		const context = await open();
		await keep(context);
		for (const id of ['', 'x', '\0', '%', `${await onlyId(context)}\0`]) {
			expect(await findInstrument(context, owner, id)).toBeUndefined();
			expect(await removeInstrument(context, owner, id)).toBe(false);
		}
	});

	test('the same card at the same account takes the new token', async () => {
		const context = await open();
		await keep(context);
		const id = await onlyId(context);
		context.clock.advance(1000);
		await keep(context, { token: 'tok_second' });
		expect(await onlyId(context)).toBe(id);
		expect(await tokenOf(context, id)).toBe('tok_second');
		const [listed] = await listInstruments(context, owner);
		expect(listed?.lastUsedAt).toBe(context.clock.now());
		for (const other of [
			{ accountId: 987_654_321 },
			{ brand: null },
			{ last4: '1112' },
			{ expiry: '2031-12' }
		]) {
			await keep(context, other);
		}
		expect(await listInstruments(context, owner)).toHaveLength(5);
	});

	test('a card without a known brand is kept once, too, and by many at the same time', async () => {
		const context = await open();
		const tokens = Array.from({ length: 20 }, (_, index) => `tok_${index}`);
		await Promise.all(tokens.map((token) => keep(context, { brand: null, token })));
		expect(await rowsOf(context)).toHaveLength(1);
		expect(tokens).toContain(await tokenOf(context, await onlyId(context)));
	});

	test('a card that was removed after the payer agreed stays removed', async () => {
		const context = await open();
		const agreedAt = context.clock.now();
		await keep(context, { agreedAt });
		const [card] = await listInstruments(context, owner);
		context.clock.advance(1_000);
		await removeInstrument(context, owner, card?.id ?? '');
		await keep(context, { agreedAt });
		expect(await listInstruments(context, owner)).toEqual([]);
	});

	test('a removed card is gone, its token wiped, until it is kept again', async () => {
		const context = await open();
		await keep(context);
		const id = await onlyId(context);
		context.clock.advance(1000);
		const removals = await Promise.all([1, 2, 3].map(() => removeInstrument(context, owner, id)));
		expect(removals.filter(Boolean)).toHaveLength(1);
		expect(await removeInstrument(context, owner, id)).toBe(false);
		expect(await listInstruments(context, owner)).toEqual([]);
		expect(await findInstrument(context, owner, id)).toBeUndefined();
		const [row] = await rowsOf(context);
		expect(row).toMatchObject({ token_sealed: '', removed_at: context.clock.now() });
		await context.db.inTransaction((tx) => touchInstrument(context, tx, id));
		expect(await listInstruments(context, owner)).toEqual([]);
		await keep(context, { token: 'tok_again' });
		expect(await tokenOf(context, await onlyId(context))).toBe('tok_again');
	});

	test('are good until the end of their month, everywhere on earth', async () => {
		const context = await open();
		await keep(context, { expiry: '2026-11' });
		await keep(context, { expiry: '2026-10' });
		const [card, ...more] = await listInstruments(context, owner);
		expect(card?.expiry).toBe('2026-11');
		expect(more).toEqual([]);
		const id = card?.id ?? '';
		context.clock.advance(Date.parse('2026-12-01T11:59:59.999Z') - context.clock.now());
		expect(await listInstruments(context, owner)).toHaveLength(1);
		expect(await findInstrument(context, owner, id)).toBeDefined();
		context.clock.advance(1);
		expect(await listInstruments(context, owner)).toEqual([]);
		expect(await findInstrument(context, owner, id)).toBeUndefined();
		expect(await removeInstrument(context, owner, id)).toBe(true);
	});

	test('the one used last comes first, at most twenty', async () => {
		const context = await open();
		for (let number = 1000; number < 1025; number++) {
			await keep(context, { last4: String(number) });
			context.clock.advance(1000);
		}
		const listed = await listInstruments(context, owner);
		expect(listed.map(({ last4 }) => Number(last4))).toEqual(
			Array.from({ length: 20 }, (_, index) => 1024 - index)
		);
		const last = listed[19];
		await context.db.inTransaction((tx) => touchInstrument(context, tx, last?.id ?? ''));
		const [first, second] = await listInstruments(context, owner);
		expect([first?.last4, second?.last4]).toEqual(['1005', '1024']);
		expect(first?.lastUsedAt).toBe(context.clock.now());
	});
});
