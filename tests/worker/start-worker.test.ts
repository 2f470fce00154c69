import { expect, it } from 'vitest';
import { startWorker } from '$lib/server/worker/start-worker';
import { describeOnEachEngine } from '../databases';
import { openReceiver } from '../webhooks/receiver';
import { addApplication, addPaidDeposit, deliveriesOf } from '../webhooks/scene';

describeOnEachEngine('the worker', (openContext) => {
	it('delivers webhooks as they come and stops', async () => {
		const context = await openContext();
		const receiver = await openReceiver();
		const application = await addApplication(context, receiver.url);
		const worker = startWorker(context);
		const ids: string[] = [];
		for (let made = 0; made < 8; made++) ids.push(await addPaidDeposit(context, application));
		await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(8);
		await worker.stop();
		for (const id of ids) {
			expect(await deliveriesOf(context, id)).toMatchObject([{ state: 'delivered' }]);
		}
		await addPaidDeposit(context, application);
		expect(receiver.received).toHaveLength(8);
	});

	it('does not wait for a receiver that hangs longer than its grace', async () => {
		const opened = await openContext();
		const context = { ...opened, config: { ...opened.config, stopGraceMs: 50 } };
		const receiver = await openReceiver(() => undefined);
		const application = await addApplication(context, receiver.url);
		const id = await addPaidDeposit(context, application);
		const worker = startWorker(context);
		await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1);
		const startedAt = performance.now();
		await worker.stop();
		expect(performance.now() - startedAt).toBeLessThan(5_000);
		expect(await deliveriesOf(context, id)).toMatchObject([{ state: 'waiting' }]);
		await receiver.close();
		// The try that was cut short still ends before the database is closed.
		await expect.poll(async () => (await deliveriesOf(context, id))[0]?.tries).toBe(1);
	});
});
