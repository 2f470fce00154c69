import { expect, it } from 'vitest';
import { voices } from '$lib/server/worker/dialects';
import { describeOnEachEngine } from '../databases';
import { answerWith, openReceiver } from './receiver';
import {
	addApplication,
	addPaidDeposit,
	deliver,
	deliveriesOf,
	setAddress,
	triesOf
} from './scene';

const minute = 60_000;

describeOnEachEngine('a webhook that was not taken', (openContext) => {
	it('is tried again by the schedule with the same bytes, then given up', async () => {
		const context = await openContext();
		const receiver = await openReceiver(answerWith(500));
		const application = await addApplication(context, receiver.url);
		const transactionId = await addPaidDeposit(context, application);
		const gaps: number[] = [];
		let last = context.clock.now();
		for (;;) {
			await deliver(context);
			const [delivery] = await deliveriesOf(context, transactionId);
			if (delivery?.due_at == null) break;
			expect(delivery.state).toBe('waiting');
			gaps.push(delivery.due_at - last);
			context.clock.advance(delivery.due_at - last - 1);
			expect(await deliver(context)).toBe(0);
			context.clock.advance(1);
			last = delivery.due_at;
		}

		const hour = 60 * minute;
		const contract = [5_000, minute, 5 * minute, 15 * minute];
		contract.push(...[1, 4, 10, 14, 20, 24].map((hours) => hours * hour));
		expect(gaps).toHaveLength(contract.length);
		for (const [index, gap] of gaps.entries()) {
			expect(gap / (contract[index] ?? NaN)).toBeGreaterThanOrEqual(0.8);
			expect(gap / (contract[index] ?? NaN)).toBeLessThanOrEqual(1.2);
		}
		expect(await deliveriesOf(context, transactionId)).toMatchObject([
			{ state: 'failed', tries: 11, delivered_at: null }
		]);
		expect(receiver.received).toHaveLength(11);
		const first = receiver.received[0];
		for (const { body, headers } of receiver.received) {
			expect(body.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
			expect(headers['webhook-id']).toBe(first?.headers['webhook-id']);
		}
		const times = receiver.received.map(({ headers }) => headers['webhook-timestamp']);
		expect(new Set(times).size).toBe(11);
	});

	it('keeps its first rendering, and goes where the merchant’s address is by then', async () => {
		const context = await openContext();
		const receiver = await openReceiver(answerWith(404));
		const application = await addApplication(context, receiver.url);
		const transactionId = await addPaidDeposit(context, application);
		await deliver(context);
		receiver.answer = answerWith(204);
		await setAddress(context, application.applicationId, `${receiver.url}/corrected`);
		context.clock.advance(minute);
		const other = { ...voices, cashier: { ...voices.cashier, render: () => '{"other":1}' } };
		await deliver(context, {}, other);

		const [first, second] = receiver.received;
		expect(second?.path).toBe('/hook/corrected');
		expect(second?.body.toString()).toBe(first?.body.toString());
		expect(await deliveriesOf(context, transactionId)).toMatchObject([{ state: 'delivered' }]);
		expect(await triesOf(context, transactionId)).toMatchObject([
			{ number: 1, status: 404 },
			{ number: 2, status: 204 }
		]);
	});

	it('is not sent where a redirect points', async () => {
		const context = await openContext();
		const receiver = await openReceiver(answerWith(307, { location: '/elsewhere' }));
		const transactionId = await addPaidDeposit(
			context,
			await addApplication(context, receiver.url)
		);
		await deliver(context);
		expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
		expect(await triesOf(context, transactionId)).toMatchObject([{ status: 307 }]);
		expect(await deliveriesOf(context, transactionId)).toMatchObject([{ state: 'waiting' }]);
	});

	it('is not sent to a private address, and tried again as any other', async () => {
		const context = await openContext();
		const application = await addApplication(context, 'https://10.0.0.1/hook');
		const transactionId = await addPaidDeposit(context, application);
		await deliver(context);
		expect(await triesOf(context, transactionId)).toMatchObject([
			{ status: null, problem: 'refused' }
		]);
		const [delivery] = await deliveriesOf(context, transactionId);
		expect(delivery?.state).toBe('waiting');
		expect((delivery?.due_at ?? 0) - context.clock.now()).toBeGreaterThanOrEqual(4_000);
	});

	it('counts a fault of ours as a try, and the others are delivered', async () => {
		const context = await openContext();
		const receiver = await openReceiver();
		const application = await addApplication(context, receiver.url);
		const faulty = await addPaidDeposit(context, application);
		const sound = await addPaidDeposit(context, application);
		const { cashier } = voices;
		const render: typeof cashier.render = (context, event) => {
			if (event.transactionId === faulty) throw new Error('cannot be said');
			return cashier.render(context, event);
		};
		await deliver(context, {}, { ...voices, cashier: { ...cashier, render } });
		expect(await triesOf(context, faulty)).toMatchObject([{ status: null, problem: 'internal' }]);
		expect(await deliveriesOf(context, faulty)).toMatchObject([{ state: 'waiting', tries: 1 }]);
		expect(await deliveriesOf(context, sound)).toMatchObject([{ state: 'delivered' }]);
	});
});
