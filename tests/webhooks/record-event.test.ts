import { expect, it } from 'vitest';
import { isUniqueViolation } from '$lib/server/db/conflict';
import { describeOnEachEngine } from '../databases';
import { addApplication, addDeposit, deliveriesOf, happen } from './scene';

describeOnEachEngine('an event', (openContext) => {
	it('stands with what was true at its time, and a delivery due at once', async () => {
		const context = await openContext();
		const application = await addApplication(context, 'https://example.com/');
		const id = await addDeposit(context, application);
		const change = { kind: 'declined', reason: 'expired_card', amount: 1_050 } as const;
		await happen(context, application, id, change);
		const event = await context.db.read
			.selectFrom('events')
			.selectAll()
			.where('transaction_id', '=', id)
			.executeTakeFirstOrThrow();
		expect(event).toMatchObject({ version: 2, kind: 'declined' });
		expect(JSON.parse(event.snapshot)).toMatchObject({
			state: 'declined',
			amount: 1_050,
			reason: 'expired_card'
		});
		expect(await deliveriesOf(context, id)).toMatchObject([
			{ state: 'waiting', due_at: event.created_at, body_sealed: null, url: null, event_version: 2 }
		]);
	});

	it('happens once a version, and a refused one leaves no delivery', async () => {
		const context = await openContext();
		const application = await addApplication(context, 'https://example.com/');
		const id = await addDeposit(context, application);
		await happen(context, application, id, { kind: 'try_declined', state: 'created' });
		const again = happen(context, application, id, { kind: 'succeeded' });
		await expect(again).rejects.toSatisfy(isUniqueViolation);
		expect(await deliveriesOf(context, id)).toEqual([]);
	});
});
