import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cashierScript } from './cashier-script';
import { chargesScript } from './charges-script';
import { checkoutScript } from './checkout-script';
import {
	refusalsOf,
	runRefusal,
	runSample,
	runWebhook,
	samplesOf,
	type Script
} from './run-examples';
import { soundRequest } from './sound-request';
import { openStage, type Stage } from './stage';

const scripts = { cashier: cashierScript, charges: chargesScript, checkout: checkoutScript };

describe.each(Object.entries(scripts))('the document of the API %s', (_dialect, open) => {
	let stage: Stage;
	let script: Script;
	beforeAll(async () => {
		stage = await openStage('sqlite');
		script = await open(stage);
	});
	afterAll(() => stage?.stop());

	test('shows requests that are answered as shown', async () => {
		const samples = samplesOf(script.api.document);
		expect(samples.length).toBeGreaterThanOrEqual(script.api.document.operations.length);
		await expectNone(samples, (sample) => runSample(script, sample));
	}, 120_000);

	test('shows refusals as they come', async () => {
		const refusals = refusalsOf(script.api.document).filter(({ code }) => code !== 'rate_limited');
		expect(refusals.length).toBeGreaterThan(10);
		await expectNone(refusals, (refusal) => runRefusal(script, refusal));
	}, 120_000);

	test('shows webhooks as they come', async () => {
		const names = Object.keys(script.api.document.webhooks);
		expect(names.length).toBeGreaterThan(0);
		await expectNone(names, (name) => runWebhook(script, name));
	}, 60_000);

	test('shows the refusal of too many calls as it comes', async () => {
		const [refusal] = refusalsOf(script.api.document).filter(
			({ code, operation }) => code === 'rate_limited' && !operation.isPublic
		);
		expect(refusal).toBeDefined();
		if (!refusal) return;
		const sound = await soundRequest(script.api, refusal.operation, {
			example: undefined,
			give: async () => 'x'
		});
		// More than a minute allows, and as many in the next one, should it begin meanwhile.
		const hasty = await openStage('sqlite', { CASHDESK_CALLS_PER_MINUTE: '5' }, stage.app.place);
		try {
			const api = { ...script.api, origin: hasty.app.origin };
			const provoke = { rate_limited: () => Array.from({ length: 11 }, () => sound) };
			await runRefusal({ ...script, api, provoke, give: async () => 'x' }, refusal);
		} finally {
			await hasty.stop();
		}
	}, 60_000);
});

/** Runs all, so that one run names everything that is wrong. */
async function expectNone<Case>(cases: Case[], run: (one: Case) => Promise<void>): Promise<void> {
	const faults: string[] = [];
	for (const one of cases) {
		await run(one).catch((error: unknown) => {
			faults.push(
				`${describeCase(one)}: ${error instanceof Error ? error.message : String(error)}`
			);
		});
	}
	expect(faults).toEqual([]);
}

function describeCase(one: unknown): string {
	if (typeof one === 'string') return one;
	const { operation, ...rest } = Object(one) as { operation: { operationId: string } };
	return `${operation.operationId} ${JSON.stringify(rest)}`;
}
