import { expect, test } from 'vitest';
import { countTransactions } from './facts';
import { raw, seedRequest, seedS2s, stringify, without } from './orders';
import { describeApi } from './stage';

const path = '/api/v1/s2s';
const now = new Date();
const thisYear = now.getUTCFullYear();
const amex = '378282246310005';
const notText = [5, true, null, [], {}, undefined];

/** Values that must be refused, by the field of the card that they stand in. */
const faulty: Record<string, unknown[]> = {
	holder_name: [...notText, '', '   ', 'x'.repeat(101), '4111 1111 1111 1111'],
	card_number: [
		...notText,
		raw('4111111111111111'),
		'',
		'4111111111111112',
		'411111111111111',
		'41111111111111111111',
		'4111 1111 1111 111x',
		'4111\u00a01111\u00a01111\u00a01111',
		'٤١١١١١١١١١١١١١١١',
		'0000000000000000',
		'1234567890123456',
		'1'.repeat(300)
	],
	cvc: [...notText, '', '12', '1234', '12a', ' 123', '１２３', '12345'],
	exp_month: [...notText, '', '5', '00', '13', 'May', '005', ' 05'],
	exp_year: [...notText, '', '30', '20300', '203O', String(thisYear - 1), '2000', '2099']
};

describeApi('a card that a server sends', (stage) => {
	const send = (body: unknown) => stage.call({ path, body: stringify(body) });

	const refused = async (body: object, fields: string[]) => {
		const before = await stage.countRows();
		const { status, json, text } = await send(body);
		const about = `${JSON.stringify(body).slice(-300)}\n${text}`;
		expect(status, about).toBe(422);
		expect(json.code).toBe('invalid');
		expect(json.errors?.map(({ field }) => field).sort(), about).toEqual([...fields].sort());
		for (const { message } of json.errors ?? []) expect(message).toMatch(/^(must|is|has) .+/);
		expect(JSON.stringify(json.errors)).not.toMatch(/\d{7,}/);
		expect(await stage.countRows()).toBe(before);
	};

	test.each(Object.keys(faulty))('with a faulty %s is refused and never sent on', async (name) => {
		for (const value of faulty[name] ?? []) {
			const body = seedS2s();
			const card_details = { ...body.card_details, [name]: value };
			await refused({ ...body, card_details }, [`card_details.${name}`]);
		}
	});

	test('that is none is refused as such', async () => {
		const body = seedS2s();
		for (const card_details of [undefined, null, [], 'x', 5]) {
			await refused({ ...body, card_details }, ['card_details']);
		}
		const empty = Object.keys(faulty).map((name) => `card_details.${name}`);
		await refused({ ...body, card_details: {} }, empty);
	});

	test('is read with spaces and dashes, of every brand with its own code', async () => {
		const good = [
			{ card_number: '4111 1111 1111 1111' },
			{ card_number: '4111-1111-1111-1111' },
			{ card_number: '3782 822463 10005', cvc: '1234' },
			{ card_number: '5555555555554444', cvc: '123' }
		];
		for (const card of good) {
			const { status, json, text } = await send(seedS2s(card));
			expect(status, text).toBe(200);
			expect(json.transaction_status).toBe('successful');
		}
		const body = seedS2s({ card_number: amex, cvc: '123' });
		await refused(body, ['card_details.cvc']);
	});

	test('is good until the end of its month', async () => {
		const month = (offset: number) => {
			const date = new Date(Date.UTC(thisYear, now.getUTCMonth() + offset, 1));
			return {
				exp_month: String(date.getUTCMonth() + 1).padStart(2, '0'),
				exp_year: String(date.getUTCFullYear())
			};
		};
		expect((await send(seedS2s(month(0)))).json.transaction_status).toBe('successful');
		const last = month(-2);
		const field = Number(last.exp_year) < thisYear ? 'exp_year' : 'exp_month';
		await refused(seedS2s(last), [`card_details.${field}`]);
	});

	test('is told of together with what else is wrong', async () => {
		const body = seedS2s({ cvc: 'abc', exp_year: '2001' });
		const request = { ...body.request, currency: 'eur', user_id: '' };
		await refused({ ...body, request }, [
			'card_details.cvc',
			'card_details.exp_year',
			'request.currency',
			'request.user_id'
		]);
		const settings = { return_url: 'javascript:alert(1)' };
		await refused({ ...body, request: { ...body.request, settings } }, [
			'card_details.cvc',
			'card_details.exp_year',
			'request.settings.return_url'
		]);
	});

	test('may not have its number written anywhere else', async () => {
		const body = seedS2s();
		const places = [
			['description', { settings: { description: 'Card 4111-1111-1111-1111, thanks' } }],
			['user_id', { user_id: raw('4111111111111111') }],
			['first_name', { customer: { first_name: '4111111111111111' } }]
		] as const;
		for (const [, fields] of places) {
			const request = { ...body.request, ...fields };
			const { status, json, text } = await send({ ...body, request });
			expect(status, text).toBe(422);
			expect(json.errors?.[0]?.message).toBe('must not hold the card number');
		}
		const odd = JSON.stringify(body).replace('"settings":{}', '"settings":{"4111111111111111":1}');
		const { status, text } = await stage.call({ path, body: odd });
		expect(status, text).toBe(422);
		expect(text).not.toContain('4111111111111111');
		expect(await countTransactions(stage.context, body.request.tracking_id)).toBe(0);
	});

	test('has the fields of a request beside it, with an amount', async () => {
		const request = without(seedS2s().request, 'amount');
		await refused({ ...seedS2s(), request }, ['request.amount']);
		const limited = { ...request, amount: 10.05, customer: { max_deposit_limit: 10 } };
		await refused({ ...seedS2s(), request: limited }, ['request.amount']);
		const settings = { methods: ['wallet'] };
		const other = { ...seedS2s().request, settings };
		await refused({ ...seedS2s(), request: other }, ['request.settings.methods']);
		const { status, json } = await send({
			...seedS2s(),
			request: { ...seedRequest(), mode: 'live' }
		});
		expect([status, json.code]).toEqual([403, 'wrong_mode']);
	});
});
