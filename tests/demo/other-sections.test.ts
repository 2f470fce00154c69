import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { prepareDemo } from '$lib/server/demo/prepare-demo';
import { describeOnEachEngine } from '../databases';
import { applicationIds, expectInStep, pathIn } from './in-step';

describeOnEachEngine('the demo’s sections for the other APIs', (open) => {
	it('completes a file from before there were other APIs, and keeps what it had', async () => {
		const context = await open();
		await prepareDemo(context);
		const before = await expectInStep(context);
		// So did the database look in those days.
		await context.db.inTransaction(async (tx) => {
			await tx.deleteFrom('api_clients').execute();
			await tx
				.deleteFrom('api_keys')
				.where('application_id', '=', applicationIds.checkout)
				.execute();
			const others = [applicationIds.charges, applicationIds.checkout];
			await tx.deleteFrom('application_modes').where('application_id', 'in', others).execute();
			await tx.deleteFrom('applications').where('id', 'in', others).execute();
		});
		const { origin, cashier } = before;
		writeFileSync(pathIn(context), JSON.stringify({ origin, cashier }));
		await prepareDemo(context);
		expect((await expectInStep(context)).cashier).toEqual(cashier);
	});

	it.each([
		['charges', 'client_secret'],
		['charges', 'webhook_secret'],
		['checkout', 'client_token'],
		['checkout', 'oauth_client_id'],
		['checkout', 'webhook_secret'],
		['checkout', 'application_client_id']
	] as const)('renews only %s where its %s is lost or another', async (section, name) => {
		const context = await open();
		await prepareDemo(context);
		let before = await expectInStep(context);
		for (const value of [undefined, 'x'.repeat(32)]) {
			const spoiled = { ...before, [section]: { ...before[section], [name]: value } };
			writeFileSync(pathIn(context), JSON.stringify(spoiled));
			await prepareDemo(context);
			const after = await expectInStep(context);
			expect(after[section]).not.toEqual(before[section]);
			expect({ ...after, [section]: null }).toEqual({ ...before, [section]: null });
			before = after;
		}
	});

	it('brings an application back that was deleted', async () => {
		const context = await open();
		await prepareDemo(context);
		const before = await expectInStep(context);
		await context.db.inTransaction((tx) =>
			tx.updateTable('applications').set({ deleted_at: 1, url: null }).execute()
		);
		await prepareDemo(context);
		expect(await expectInStep(context)).toEqual(before);
	});
});
