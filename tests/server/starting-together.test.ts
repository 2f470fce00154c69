import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freePort } from '../postgres';
import { makePlace, removePlace, spawnApp, untilReady, type Demo } from '../app';

test('several processes start at once on one empty PostgreSQL database', async () => {
	const place = await makePlace('postgres');
	const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
	const places = await Promise.all(
		Array.from({ length: 4 }, async () => ({ ...place, port: await freePort() }))
	);
	const processes = places.map((each) => spawnApp(each, { CASHDESK_SECRET: secret }));
	try {
		await Promise.all(processes.map(untilReady));
		// All serve the same: what one has opened the others know.
		const [first, ...others] = processes;
		const demo = JSON.parse(readFileSync(`${place.dataDir}/demo.json`, 'utf8')) as Demo;
		const headers = { 'x-api-key': demo.cashier.api_key, 'content-type': 'application/json' };
		const request = { mode: 'test', user_id: '1', tracking_id: 'one', currency: 'EUR', amount: 5 };
		const opened = await fetch(`${first?.origin}/api/v1/cashier`, {
			method: 'POST',
			headers,
			body: JSON.stringify({ request })
		});
		expect(opened.status).toBe(200);
		for (const { origin } of others) {
			const found = await fetch(`${origin}/api/v1/transaction/status?id=one`, { headers });
			expect(found.status).toBe(200);
		}
	} finally {
		for (const { child } of processes) child.kill('SIGTERM');
		const codes = await Promise.all(processes.map(({ exit }) => exit));
		await removePlace(place);
		expect(codes).toEqual([0, 0, 0, 0]);
	}
});
