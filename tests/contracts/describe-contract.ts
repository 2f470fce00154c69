import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Api } from './requests';
import { expectAllDone, requestCount, runRequests } from './run-requests';
import { openStage, type Stage } from './stage';

/**
 * Holds a server to its API's document with generated requests. PostgreSQL gets fewer: what answers
 * is the same, and only the database differs.
 */
export function describeContract(name: string, apiOf: (stage: Stage) => Promise<Api>): void {
	describe.each([
		{ engine: 'sqlite', count: requestCount },
		{ engine: 'postgres', count: Math.min(requestCount, 1000) }
	] as const)(`${name} on $engine`, ({ engine, count }) => {
		let stage: Stage;
		let api: Api;
		beforeAll(async () => {
			stage = await openStage(engine);
			api = await apiOf(stage);
		});
		afterAll(() => stage?.stop());

		test(`answers ${count} requests as its document says`, async () => {
			const tally = await runRequests(api, count);
			expectAllDone(api, tally);
			if (process.env.CASHDESK_CONTRACT_TALLY) console.log(tally);
			expect(stage.app.logs()).not.toContain('a request failed');
		}, 300_000);
	});
}
