import { expect, test } from 'vitest';
import { chargeListAnswer } from '$lib/server/api-charges/answers';
import type { State } from '$lib/server/payments/states';
import { expectRefusal } from './expect-refusal';
import { addChargesMerchant, describeCharges, someCharge } from './stage';

describeCharges('the list of charges', (stage) => {
	const list = async (query: string, token: string) => {
		const { status, text, json } = await stage.call({ path: `/v1/charges${query}`, token });
		expect(status, text).toBe(200);
		const { data, has_more } = chargeListAnswer.parse(json);
		return { ids: data.map(({ id }) => id), has_more, data };
	};

	/** Opens charges and puts them into states; returns their ids, the newest first. */
	const open = async (token: string, states: readonly State[]) => {
		const ids: string[] = [];
		for (const state of states) {
			const order = someCharge();
			const { id } = await stage.create(order, token);
			ids.unshift(id);
			await stage.context.db.inTransaction((tx) =>
				tx
					.updateTable('transactions')
					.set({ state })
					.where('reference', '=', order.reference)
					.execute()
			);
		}
		return ids;
	};

	test('is empty before there is one', async () => {
		const { token } = await addChargesMerchant(stage.context, 'New Ltd');
		expect((await stage.call({ token })).text).toBe('{"data":[],"has_more":false}');
	});

	test('shows the charges as they are read, the newest first, page by page', async () => {
		const { token } = await addChargesMerchant(stage.context, 'Paged Ltd');
		const ids = await open(token, new Array<State>(23).fill('created'));
		const first = await list('', token);
		expect(first.ids).toEqual(ids.slice(0, 20));
		expect(first.has_more).toBe(true);
		const rest = await list(`?starting_after=${first.ids.at(-1)}`, token);
		expect(rest.ids).toEqual(ids.slice(20));
		expect(rest.has_more).toBe(false);
		const read = await stage.call({ path: `/v1/charges/${ids[0]}`, token });
		expect(read.json).toEqual(first.data[0]);

		const found: string[] = [];
		for (let query = '?limit=7'; ; query = `?limit=7&starting_after=${found.at(-1)}`) {
			const page = await list(query, token);
			found.push(...page.ids);
			if (!page.has_more) break;
		}
		expect(found).toEqual(ids);
		expect((await list('?limit=23', token)).has_more).toBe(false);
		expect((await list('?limit=22', token)).has_more).toBe(true);
		expect((await list(`?starting_after=${ids.at(-1)}`, token)).ids).toEqual([]);
	});

	test('can be asked for one status, page by page', async () => {
		const { token } = await addChargesMerchant(stage.context, 'Filtered Ltd');
		const states = [
			'created',
			'succeeded',
			'expired',
			'pending',
			'succeeded',
			'canceled',
			'action_required',
			'declined'
		] as const;
		const ids = await open(token, states);
		const idsIn = (...wanted: State[]) =>
			ids.filter((_, index) => wanted.includes(states.toReversed()[index] ?? 'failed'));
		const expected = {
			INITIATED: idsIn('created', 'pending', 'action_required'),
			CAPTURED: idsIn('succeeded'),
			FAILED: idsIn('expired', 'canceled', 'declined')
		};
		for (const [status, wanted] of Object.entries(expected)) {
			const found: string[] = [];
			for (let query = ''; ; query = `&starting_after=${found.at(-1)}`) {
				const page = await list(`?limit=1&status=${status}${query}`, token);
				found.push(...page.ids);
				expect(new Set(page.data.map((charge) => charge.status))).toEqual(new Set([status]));
				if (!page.has_more) break;
			}
			expect(found).toEqual(wanted);
			expect((await list(`?status=${status}`, token)).ids).toEqual(wanted);
		}
	});

	test('holds the caller’s own only', async () => {
		const [mine, theirs] = [
			await addChargesMerchant(stage.context, 'Mine Ltd'),
			await addChargesMerchant(stage.context, 'Theirs Ltd')
		];
		const [own] = await open(mine.token, ['created']);
		const [other] = await open(theirs.token, ['created']);
		expect((await list('', mine.token)).ids).toEqual([own]);
		const path = `/v1/charges?starting_after=${other}`;
		const reply = await stage.call({ path, token: mine.token });
		expectRefusal(reply, 422, 'invalid', 'starting_after');
	});

	test.each([
		['limit', 'limit=0'],
		['limit', 'limit=101'],
		['limit', 'limit=-1'],
		['limit', 'limit=1.5'],
		['limit', 'limit=ten'],
		['limit', 'limit='],
		['limit', 'limit=1&limit=2'],
		['starting_after', 'starting_after=chg_1'],
		['starting_after', 'starting_after='],
		['starting_after', `starting_after=chg_${'0'.repeat(32)}`],
		['starting_after', 'starting_after=%00'],
		['status', 'status=captured'],
		['status', 'status=SUCCEEDED'],
		['status', 'status=constructor'],
		['page', 'page=2'],
		['__proto__', '__proto__=2']
	])('names %s in ?%s', async (param, query) => {
		const reply = await stage.call({ path: `/v1/charges?${query}` });
		expectRefusal(reply, 422, 'invalid', param);
	});
});
