import { beforeEach, expect, test } from 'vitest';
import { runOnce, type Work } from '../../src/lib/server/http/idempotency';
import {
	createApplication,
	createMerchant
} from '../../src/lib/server/merchants/create-application';
import { describeOnEachEngine, type TestContext } from '../databases';

/** Longer than a lease. */
const LAPSE_MS = 61_000;

describeOnEachEngine('a request that outlives its lease', (open) => {
	let context: TestContext;
	let applicationId: string;
	beforeEach(async () => {
		context = await open();
		applicationId = await context.db.inTransaction(async (tx) => {
			const merchantId = await createMerchant(context, tx, 'Ladle & Co');
			const origins = { frameOrigins: [], returnOrigins: [] };
			const name = 'Shop';
			return createApplication(context, tx, { dialect: 'cashier', name, merchantId, ...origins });
		});
	});

	const run = (work: (work: Work) => Promise<Response>) => {
		const body = Buffer.from('{}');
		const request = { applicationId, mode: 'test', path: '/x', key: 'k', body } as const;
		return runOnce(context, request, work);
	};
	const answer = (text: string, status = 200) => Promise.resolve(new Response(text, { status }));

	test('never overwrites the answer of its successor', async () => {
		const ids: (string | undefined)[] = [];
		const slow = await run(async ({ resourceId }) => {
			ids.push(resourceId);
			context.clock.advance(LAPSE_MS);
			const successor = await run((work) => {
				ids.push(work.resourceId);
				return answer('the successor’s');
			});
			expect(await successor.text()).toBe('the successor’s');
			return answer('the slow one’s');
		});
		expect(await slow.text()).toBe('the slow one’s');
		expect(new Set(ids).size).toBe(1);
		const kept = await run(() => answer('a third'));
		expect(await kept.text()).toBe('the successor’s');
		expect(kept.headers.get('idempotent-replayed')).toBe('true');
	});

	test('leaves the lease of a successor that still runs alone', async () => {
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		let running: Promise<Response> | undefined;
		await run(async () => {
			context.clock.advance(LAPSE_MS);
			const started = new Promise<void>((begun) => {
				running = run(async () => {
					begun();
					await held;
					return answer('the successor’s');
				});
			});
			await started;
			return answer('', 503);
		});
		// A failure gives a lease back; this one was not its own any more.
		await expect(run(() => answer('a third'))).rejects.toMatchObject({ code: 'in_progress' });
		release();
		expect(await (await running)?.text()).toBe('the successor’s');
	});

	test('that failed in time gives its lease back at once', async () => {
		const failed = await run(() => answer('', 503));
		expect(failed.status).toBe(503);
		expect(await (await run(() => answer('fine'))).text()).toBe('fine');
	});
});
