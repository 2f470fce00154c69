import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app';
import { seedRequest } from './orders';

describe.each(['sqlite', 'postgres'] as const)('calls a minute on %s', (engine) => {
	let app: App;
	beforeAll(async () => {
		app = await startApp({ engine, env: { CASHDESK_CALLS_PER_MINUTE: '5' } });
	});
	afterAll(() => app.stop());

	test('over the limit are refused with the time to wait', async () => {
		const key = crypto.randomUUID();
		const body = JSON.stringify({ request: seedRequest() });
		const post = () =>
			fetch(`${app.origin}/api/v1/cashier`, {
				method: 'POST',
				headers: {
					'x-api-key': app.demo.cashier.api_key,
					'content-type': 'application/json',
					'idempotency-key': key
				},
				body
			});
		const statuses: number[] = [];
		// Even if a minute ends while this runs, two times five are all that may pass.
		for (let call = 0; call < 13; call++) {
			const response = await post();
			statuses.push(response.status);
			const answer = (await response.json()) as { code?: string };
			if (response.status !== 429) continue;
			expect(answer).toMatchObject({ code: 'rate_limited', error: expect.any(String) });
			const seconds = Number(response.headers.get('retry-after'));
			expect(seconds).toBeGreaterThanOrEqual(1);
			expect(seconds).toBeLessThanOrEqual(60);
			// A refusal for haste is not what a repeat is answered with later.
			expect(response.headers.has('idempotent-replayed')).toBe(false);
		}
		expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 200]);
		expect(statuses).toContain(429);
		expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(10);
	});
});
