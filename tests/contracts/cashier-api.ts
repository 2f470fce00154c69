import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { createApiKey } from '../../src/lib/server/merchants/api-keys';
import { askForPayout } from '../pay-by-form';
import type { Api } from './requests';
import { mostly } from './values';
import type { Stage } from './stage';

/** The Cashier API of the demo merchant, with payouts to decide on. */
export async function cashierApi(stage: Stage, payouts = 12): Promise<Api> {
	const { app, context } = stage;
	const { cashier } = app.demo;
	const headers = { 'x-api-key': cashier.api_key };
	const liveKey = await context.db.inTransaction((tx) =>
		createApiKey(context, tx, {
			applicationId: cashier.application_id,
			mode: 'live',
			label: 'tests'
		})
	);
	const requested: string[] = [];
	for (let count = 0; count < payouts; count++) requested.push(await requestPayout(stage));
	const unrequested = await openWithdrawal(stage);
	return {
		origin: app.origin,
		document: await stage.readDocument('cashier'),
		headers,
		strangers: [{}, { 'x-api-key': 'cd_test_nobody' }, { 'x-api-key': liveKey }],
		fresh: {
			reference: fc.oneof(
				{ weight: 20, arbitrary: fc.uuid() },
				{ weight: 1, arbitrary: fc.constantFrom('order-1', 'order-2') }
			),
			day: mostly(today(), '31-02-2026'),
			withdrawal: fc.constantFrom(...requested, unrequested.reference, randomUUID()),
			transaction: fc.constantFrom(...requested, unrequested.reference, 'nobody’s'),
			return_address: mostly(`${app.origin}/demo/return`, 'https://shop.example/back'),
			provider: fc.constant(cashier.provider_id),
			routing: fc.constant(cashier.routing_id)
		}
	};
}

/** Opens a withdrawal cashier of the demo merchant. */
export async function openWithdrawal({ app }: Stage): Promise<{ reference: string; url: string }> {
	const reference = randomUUID();
	const response = await fetch(`${app.origin}/api/v1/withdrawal`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-api-key': app.demo.cashier.api_key },
		body: JSON.stringify({
			request: {
				mode: 'test',
				user_id: `payer-${reference}`,
				tracking_id: reference,
				amount: 10,
				currency: 'EUR',
				customer: { country_code: 'GB', kyc_status: 'passed' }
			}
		})
	});
	const { token } = (await response.json()) as { token: string };
	return { reference, url: `${app.origin}/pay/${token}` };
}

/** The same, and the payer asks for the money; returns the reference. */
export async function requestPayout(stage: Stage): Promise<string> {
	const { reference, url } = await openWithdrawal(stage);
	await askForPayout(url);
	return reference;
}

/** As the list wants it. */
export function today(): string {
	return new Date().toISOString().slice(0, 10).split('-').reverse().join('-');
}
