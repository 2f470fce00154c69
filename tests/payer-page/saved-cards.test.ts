import { beforeEach, expect, test } from 'vitest';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';
import { visit, type Visit } from './payer-visit';
import { someOrder } from './some-order';

const APPROVED = '4242 4242 4242 4242';
const order = { ...someOrder, methods: ['card'] };

describeOnEachEngine('saved cards', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	async function save(): Promise<void> {
		await (await visit(shop, order)).pay(APPROVED, { keep: 'on' });
	}

	async function choicesOf(payer: Visit) {
		const view = await payer.view();
		if (view.step !== 'method') throw new Error(view.step);
		return view.methods?.choices ?? [];
	}

	async function keptOf(payer: Visit): Promise<string> {
		const [first] = await choicesOf(payer);
		return first?.value ?? '';
	}

	test('consent is asked for, and not given beforehand', async () => {
		const view = await (await visit(shop, order)).view();
		const keep = { label: 'Keep this card for next time', checked: false };
		expect(view).toMatchObject({ form: { fields: { keep } } });
		const nobody = await visit(shop, { ...order, payerReference: null });
		expect(await nobody.view()).toMatchObject({ form: { fields: { keep: null } } });
	});

	test('without consent nothing is kept', async () => {
		await (await visit(shop, order)).pay(APPROVED);
		expect((await (await visit(shop, order)).view()).step).toBe('form');
	});

	test('consent survives a form with a fault', async () => {
		const payer = await visit(shop, order);
		const answer = await payer.pay('', { keep: 'on' });
		if (!('refused' in answer)) throw new Error('It was taken');
		expect(await payer.view('', answer.refused)).toMatchObject({
			form: { fields: { keep: { checked: true } } }
		});
	});

	test('come first next time, and pay with the code alone', async () => {
		await save();
		const payer = await visit(shop, order);
		const choices = await choicesOf(payer);
		expect(choices).toMatchObject([
			{ name: 'Visa •••• 4242, 12/30', chosen: true, remove: { label: expect.any(String) } },
			{ name: 'Another card', chosen: false, remove: null }
		]);
		const kept = await keptOf(payer);
		expect(await payer.submit({ step: 'method', method: kept })).toEqual({
			path: `/pay/${payer.token}?${new URLSearchParams({ method: kept })}`
		});
		expect(await payer.view(`?method=${kept}`)).toMatchObject({
			form: {
				id: 'pay-form',
				pay: 'Pay €10.05',
				fields: { kind: 'kept', card: 'Visa •••• 4242, 12/30', codeLength: 3 }
			},
			testCards: null
		});
		await payer.payBy(kept, { code: '737' });
		expect(await payer.view()).toMatchObject({ result: { outcome: 'succeeded' } });
	});

	test.each([
		['', 'Enter the security code'],
		['73', 'The security code has 3 digits, on the back of the card'],
		['7373', 'The security code has 3 digits, on the back of the card']
	])('the code %j is a problem, and is not shown again', async (code, problem) => {
		await save();
		const payer = await visit(shop, order);
		const answer = await payer.payBy(await keptOf(payer), { code });
		if (!('refused' in answer)) throw new Error('It was taken');
		const view = await payer.view('', answer.refused);
		expect(view).toMatchObject({ form: { fields: { kind: 'kept', code: { problem } } } });
		if (code) expect(JSON.stringify([answer, view])).not.toContain(`"${code}"`);
		expect((await payer.scene()).payment.tries).toBe(0);
	});

	test('are removed by their payer, which the page says', async () => {
		await save();
		const payer = await visit(shop, order);
		const kept = await keptOf(payer);
		const form = await payer.view(`?method=${kept}`);
		const answer = await payer.submit({ step: 'remove', card: kept.replace('kept:', '') });
		expect(answer).toEqual({ path: `/pay/${payer.token}?notice=card_removed` });
		expect(await payer.view('?notice=card_removed')).toMatchObject({
			step: 'form',
			notice: { tone: 'plain', lines: ['The card was removed. It is not kept any more.'] }
		});
		// In another tab the form was still open.
		if (form.step !== 'form') throw new Error(form.step);
		const { attemptKey } = form.form;
		const late = await payer.submit({ attempt_key: attemptKey, method: kept, code: '737' });
		expect(late).toEqual({ path: `/pay/${payer.token}?notice=card_gone` });
		expect((await payer.scene()).payment.tries).toBe(0);
	});

	test('are nobody else’s', async () => {
		await save();
		const other = await visit(shop, { ...order, payerReference: 'another' });
		expect((await other.view()).step).toBe('form');
		const kept = await keptOf(await visit(shop, order));
		const id = kept.replace('kept:', '');
		await other.submit({ step: 'remove', card: id });
		const fields = { ...(await hidden(other)), method: kept, code: '737' };
		expect(await other.submit(fields)).toEqual({ path: `/pay/${other.token}?notice=card_gone` });
		expect(await keptOf(await visit(shop, order))).toBe(kept);
	});

	async function hidden(payer: Visit): Promise<Record<string, string>> {
		const view = await payer.view();
		if (view.step !== 'form') throw new Error(view.step);
		return { attempt_key: view.form.attemptKey };
	}
});
