import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../app';

let app: App;
const token = 'a-token-for-operators';
const operator = { authorization: `Bearer ${token}` };

beforeAll(async () => {
	const env = { CASHDESK_ADDRESS_HEADER: 'x-forwarded-for', CASHDESK_METRICS_TOKEN: token };
	app = await startApp({ engine: 'sqlite', env });
});
afterAll(() => app.stop());

/** Charges a card by the API; returns the transaction's id. */
async function pay(): Promise<string> {
	const request = {
		mode: 'test',
		routing_id: app.demo.cashier.routing_id,
		user_id: '128',
		tracking_id: 'order-1',
		amount: 10.05,
		currency: 'EUR'
	};
	const card_details = {
		holder_name: 'John Doe',
		card_number: '4242424242424242',
		cvc: '444',
		exp_month: '05',
		exp_year: '2035'
	};
	const headers = {
		'content-type': 'application/json',
		'x-api-key': app.demo.cashier.api_key,
		'x-forwarded-for': '192.0.2.1'
	};
	const body = JSON.stringify({ request, card_details });
	const response = await fetch(`${app.origin}/api/v1/s2s`, { method: 'POST', headers, body });
	return ((await response.json()) as { transaction_id: string }).transaction_id;
}

test('the story of a transaction is for operators, and for eyes', async () => {
	const address = `${app.origin}/operations/transactions/${await pay()}`;
	expect((await fetch(address)).status).toBe(404);
	expect((await fetch(address, { headers: { authorization: 'Bearer x' } })).status).toBe(404);
	const response = await fetch(address, { headers: operator });
	expect(response.status).toBe(200);
	expect(response.headers.get('cache-control')).toBe('no-store');
	const text = await response.text();
	expect(JSON.parse(text)).toMatchObject({
		transaction: { state: 'succeeded', money: '10.05 EUR', createdAt: expect.stringMatching(/Z$/) },
		attempts: [
			{ account: { name: 'Simulator, moody' }, state: 'declined' },
			{ account: { name: 'Simulator' }, state: 'succeeded' }
		],
		ledger: [{ entries: [{ account: 'payers', money: '-10.05 EUR' }, { account: 'available' }] }]
	});
	expect(text).not.toMatch(/"(money|fee)": \{|: null/);
});

test('of what is not there nothing is said', async () => {
	const address = `${app.origin}/operations/transactions/order-1`;
	expect((await fetch(address, { headers: operator })).status).toBe(404);
});

test('the books are looked through, for operators', async () => {
	await pay();
	const address = `${app.origin}/operations/ledger`;
	expect((await fetch(address)).status).toBe(404);
	const sound = await fetch(address, { headers: operator });
	expect(await sound.json()).toEqual({ sound: true, faults: [] });
	const db = new Database(join(app.dataDir, 'cashdesk.db'));
	db.exec("update ledger_balances set balance = balance + 1 where account = 'available'");
	db.close();
	const spoiled = await fetch(address, { headers: operator });
	expect(await spoiled.json()).toMatchObject({ sound: false, faults: [expect.any(String)] });
});
