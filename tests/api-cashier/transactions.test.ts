import { expect, test } from 'vitest';
import { seedRequest } from './orders';
import { addMerchant, describeApi, type Stage } from './stage';

/** The keys of an item in the order of the contract's example. */
const keys = [
	'transaction_id',
	'gateway_transaction_id',
	'provider_transaction_id',
	'transaction_type',
	'transaction_date',
	'status',
	'payment_provider',
	'customer_id',
	'amount',
	'currency',
	'user_amount',
	'user_currency',
	'fx_amount'
];

interface Item {
	transaction_id: string;
	transaction_date: string;
	customer_id: string | number;
	[key: string]: unknown;
}

/** A day as DD-MM-YYYY, so many days from today in UTC. */
function day(offset: number): string {
	const date = new Date(Date.now() + offset * 86_400_000).toISOString();
	return `${date.slice(8, 10)}-${date.slice(5, 7)}-${date.slice(0, 4)}`;
}

async function open(stage: Stage, key: string, fields: object = {}): Promise<void> {
	const request = { ...seedRequest(), ...fields };
	const { status, text } = await stage.call({ body: { request }, key });
	expect(status, text).toBe(200);
}

describeApi('GET /transactions', (stage) => {
	const list = async (key: string, query = `?from=${day(-1)}&to=${day(0)}`) => {
		const { status, text, headers } = await stage.call({
			path: `/api/v1/transactions${query}`,
			key
		});
		expect(status, text).toBe(200);
		expect(headers.get('content-type')).toBe('application/json');
		return { text, items: JSON.parse(text) as Item[] };
	};

	test('is empty for an application that sold nothing', async () => {
		const { testKey } = await addMerchant(stage.context, 'Quiet Ltd');
		expect((await list(testKey)).text).toBe('[]');
	});

	test('shows an item as the contract does', async () => {
		const { testKey } = await addMerchant(stage.context, 'One Ltd');
		await open(stage, testKey, { user_id: 123, amount: '8.50' });
		const { items, text } = await list(testKey);
		expect(items).toHaveLength(1);
		const [item] = items;
		expect(Object.keys(item ?? {})).toEqual(keys);
		expect(item).toMatchObject({
			transaction_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			gateway_transaction_id: null,
			provider_transaction_id: null,
			transaction_type: 'deposit',
			status: 'pending',
			payment_provider: null,
			customer_id: 123,
			currency: 'EUR',
			user_currency: 'EUR',
			fx_amount: 0
		});
		expect(item?.transaction_date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
		expect(Math.abs(Date.parse(`${item?.transaction_date}Z`) - Date.now())).toBeLessThan(60_000);
		expect(text).toMatch(/"amount":8\.50?,/);
		expect(text).toMatch(/"user_amount":8\.50?,/);
	});

	test('writes amounts by the currency and as no float would', async () => {
		const { testKey } = await addMerchant(stage.context, 'Exact Ltd');
		const customer = {};
		await open(stage, testKey, { customer, currency: 'JPY', amount: 500 });
		await open(stage, testKey, { customer, currency: 'KWD', amount: '1.005' });
		await open(stage, testKey, { customer, currency: 'EUR', amount: '9999999999999.99' });
		const { text } = await list(testKey);
		const amounts = Array.from(text.matchAll(/"amount":([^,]+),/g), ([, amount]) => amount);
		expect(amounts).toEqual(['9999999999999.99', '1.005', '500']);
	});

	test('shows a payer’s id as a number only where nothing is lost', async () => {
		const { testKey } = await addMerchant(stage.context, 'Ids Ltd');
		const ids = ['0', '007', '9007199254740991', '9007199254740992', '-5', '1e3', 'U123', ' 5'];
		for (const user_id of ids) await open(stage, testKey, { user_id });
		const { items } = await list(testKey);
		expect(items.map(({ customer_id }) => customer_id).reverse()).toEqual([
			0,
			'007',
			9007199254740991,
			'9007199254740992',
			'-5',
			'1e3',
			'U123',
			' 5'
		]);
	});

	test('leaves out sessions whose payer has not chosen an amount, and other applications', async () => {
		const { testKey } = await addMerchant(stage.context, 'Own Ltd');
		const other = await addMerchant(stage.context, 'Other Ltd');
		await open(stage, other.testKey);
		await open(stage, testKey, { amount: undefined, amount_restricted: false });
		expect((await list(testKey)).items).toEqual([]);
	});

	test('streams more than two pages, each once, newest first', async () => {
		const { testKey } = await addMerchant(stage.context, 'Busy Ltd');
		const wave = () => Promise.all(Array.from({ length: 50 }, () => open(stage, testKey)));
		for (let round = 0; round < 9; round++) await wave();
		const { items } = await list(testKey);
		const ids = items.map(({ transaction_id }) => transaction_id);
		expect(ids).toHaveLength(450);
		expect(new Set(ids).size).toBe(450);
		expect(ids).toEqual(ids.toSorted().toReversed());
		const dates = items.map(({ transaction_date }) => transaction_date);
		expect(dates).toEqual(dates.toSorted().toReversed());
		const rows = await stage.context.db.read
			.selectFrom('transactions')
			.select('id')
			.where('id', 'in', ids)
			.execute();
		expect(rows).toHaveLength(450);
	});

	test('takes days in UTC, both included', async () => {
		const { testKey } = await addMerchant(stage.context, 'Days Ltd');
		await open(stage, testKey);
		const [{ transaction_date } = { transaction_date: '' }] = (await list(testKey)).items;
		const [year, month, date] = transaction_date.slice(0, 10).split('-');
		const that = `${date}-${month}-${year}`;
		expect((await list(testKey, `?from=${that}&to=${that}`)).items).toHaveLength(1);
		expect((await list(testKey, `?to=${that}`)).items).toHaveLength(1);
		expect((await list(testKey, `?from=${that}`)).items).toHaveLength(1);
		expect((await list(testKey, `?from=${day(-9)}&to=${day(-2)}`)).items).toEqual([]);
		expect((await list(testKey, '?from=01-02-2024&to=08-02-2024')).items).toEqual([]);
	});

	test.each([
		['?from=01-08-2024&to=09-08-2024', 'to', /7 days/],
		['?from=01-08-2024', 'to', /7 days/],
		['?from=02-08-2024&to=01-08-2024', 'from', /after/],
		['?from=2024-08-01&to=02-08-2024', 'from', /DD-MM-YYYY/],
		['?from=1-8-2024&to=02-08-2024', 'from', /DD-MM-YYYY/],
		['?from=30-02-2024&to=02-03-2024', 'from', /DD-MM-YYYY/],
		['?from=01-08-2024&to=32-08-2024', 'to', /DD-MM-YYYY/],
		['?from=&to=02-08-2024', 'from', /DD-MM-YYYY/],
		['?from=01-13-2024&to=02-08-2024', 'from', /DD-MM-YYYY/],
		['?from=01-08-2024T00:00&to=02-08-2024', 'from', /DD-MM-YYYY/],
		['?to=now', 'to', /DD-MM-YYYY/],
		['?from=%00', 'from', /DD-MM-YYYY/]
	])('refuses %s and says the rule', async (query, field, rule) => {
		const { status, json, text } = await stage.call({ path: `/api/v1/transactions${query}` });
		expect(status, text).toBe(400);
		expect(json.code).toBe('unreadable');
		expect(json.errors).toEqual([{ field, message: expect.stringMatching(rule) }]);
		expect(json.request_id).toMatch(/^[0-9a-f-]{36}$/);
	});
});
