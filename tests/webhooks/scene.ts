import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import {
	createApplication,
	createMerchant,
	setApplicationMode
} from '$lib/server/merchants/create-application';
import type { EventKind, EventSnapshot } from '$lib/server/webhooks/event';
import { deliverWebhooks } from '$lib/server/webhooks/deliver-webhooks';
import { allLanded, type Flights } from '$lib/server/webhooks/flights';
import { recordEvent } from '$lib/server/webhooks/record-event';
import { voices } from '$lib/server/worker/dialects';

/** An application that hears webhooks at `url`, and the secrets it was given. */
export async function addApplication(context: Context, url: string) {
	return context.db.inTransaction(async (tx) => {
		const merchantId = await createMerchant(context, tx, 'Ladle & Co');
		const applicationId = await createApplication(context, tx, {
			merchantId,
			dialect: 'cashier',
			name: 'Shop',
			frameOrigins: [],
			returnOrigins: []
		});
		const mode: Mode = 'test';
		const secrets = await setApplicationMode(context, tx, { applicationId, mode, webhookUrl: url });
		return { merchantId, applicationId, mode, secrets };
	});
}

export type TestApplication = Awaited<ReturnType<typeof addApplication>>;

let count = 0;

/** A deposit of 200.00 EUR in a session of its own; returns the transaction's id. */
export async function addDeposit(
	context: Context,
	{ merchantId, applicationId, mode }: TestApplication,
	{ webhookUrl = null }: { webhookUrl?: string | null } = {}
): Promise<string> {
	const number = ++count;
	const transactionId = `transaction-${number}`;
	const shared = {
		application_id: applicationId,
		merchant_id: merchantId,
		mode,
		intent: 'deposit' as const,
		amount: 20_000,
		currency: 'EUR',
		payer_reference: '123',
		reference: `order-${number}`,
		expires_at: context.clock.now() + 3_600_000,
		created_at: context.clock.now()
	};
	await context.db.inTransaction(async (tx) => {
		await tx
			.insertInto('sessions')
			.values({
				...shared,
				id: `session-${number}`,
				version: 1,
				token_sha256: `hash-${number}`,
				amount_editable: 0,
				lowest_amount: null,
				highest_amount: null,
				preset_amounts: null,
				customer: null,
				payer_ip: null,
				description: null,
				return_addresses: '{}',
				webhook_url: webhookUrl,
				locale: null,
				theme: 'auto',
				methods: null,
				content_hmac: '',
				dialect_data: null
			})
			.execute();
		await tx
			.insertInto('transactions')
			.values({
				...shared,
				id: transactionId,
				session_id: `session-${number}`,
				state: 'created',
				version: 1,
				tries: 0,
				reason: null,
				reason_message: null,
				updated_at: shared.created_at,
				one_shot: 0,
				submissions: 0,
				refunded_amount: 0,
				reserved_limits: null,
				work_at: null,
				allow_underpay: 0,
				allow_overpay: 0,
				attested: 0,
				reversed: 0
			})
			.execute();
	});
	return transactionId;
}

/** Writes an event of a deposit as payments does. */
export async function happen(
	context: Context,
	application: TestApplication,
	transactionId: string,
	change: { kind: EventKind; version?: number } & Partial<EventSnapshot>
): Promise<void> {
	const { kind, version = 2, ...snapshot } = change;
	const event = {
		transactionId,
		version,
		kind,
		at: context.clock.now(),
		mode: application.mode,
		intent: 'deposit' as const,
		snapshot: {
			state: kind,
			amount: 20_000,
			currency: 'EUR',
			payerReference: '123',
			reference: 'order',
			reason: null,
			reasonMessage: null,
			attemptId: null,
			method: null,
			...snapshot
		}
	};
	await context.db.inTransaction((tx) => recordEvent(context, tx, event, application));
}

/** A deposit that has just succeeded. */
export async function addPaidDeposit(
	context: Context,
	application: TestApplication,
	options: { webhookUrl?: string | null } = {}
): Promise<string> {
	const transactionId = await addDeposit(context, application, options);
	await happen(context, application, transactionId, { kind: 'succeeded' });
	return transactionId;
}

/** The deliveries of a transaction, oldest event first. */
export function deliveriesOf({ db }: Context, transactionId: string) {
	return db.read
		.selectFrom('webhook_deliveries')
		.selectAll()
		.where('transaction_id', '=', transactionId)
		.orderBy('event_version')
		.execute();
}

/** The tries of a transaction's deliveries, in the order of their numbers. */
export function triesOf({ db }: Context, transactionId: string) {
	return db.read
		.selectFrom('webhook_tries as t')
		.innerJoin('webhook_deliveries as d', 'd.id', 't.delivery_id')
		.select(['t.number', 't.started_at', 't.took_ms', 't.status', 't.problem'])
		.where('d.transaction_id', '=', transactionId)
		.orderBy('t.number')
		.execute();
}

/** Delivers until nothing is due, as a process of its own; returns how many tries that took. */
export async function deliver(
	context: Context,
	limits: Parameters<typeof deliverWebhooks>[3] = {},
	speakers = voices
): Promise<number> {
	const flights: Flights = new Map();
	for (let total = 0; ;) {
		const begun = await deliverWebhooks(context, speakers, flights, limits);
		await allLanded(flights);
		if (begun === 0) return total;
		total += begun;
	}
}

/** Changes where an application hears webhooks; null: nowhere. */
export async function setAddress(context: Context, applicationId: string, url: string | null) {
	await context.db.inTransaction((tx) =>
		tx
			.updateTable('application_modes')
			.set({ webhook_url: url })
			.where('application_id', '=', applicationId)
			.execute()
	);
}
