import type { Context } from '$lib/server/context';
import type { Standing } from '$lib/server/payments/page-payments';
import type { State } from '$lib/server/payments/states';
import { sessionToken } from '$lib/server/sessions/session-token';
import type { EventKind, ToldEvent } from '$lib/server/webhooks/event';
import type { OrderFacts } from '$lib/server/webhooks/order-facts';
import { viewUnits } from './amounts';
import type { Charge, ChargeList } from './answers';
import { chargeIdOf } from './charge-id';

type Status = Charge['status'];

/** apis/charges.md. Those of withdrawals, which no charge is, stand for completeness. */
const statuses: Record<State, Status> = {
	created: 'INITIATED',
	action_required: 'INITIATED',
	pending: 'INITIATED',
	requested: 'INITIATED',
	approved: 'INITIATED',
	succeeded: 'CAPTURED',
	declined: 'FAILED',
	canceled: 'FAILED',
	expired: 'FAILED',
	rejected: 'FAILED',
	failed: 'FAILED'
};

export function statusOf({ state, reversed }: Pick<ChargeSource, 'state' | 'reversed'>): Status {
	return reversed ? 'FAILED' : statuses[state];
}

/** What a status stands for, for those who ask for it. */
export function standingsOf(status: Status): Standing[] {
	const states = Object.entries(statuses).flatMap(([state, word]) =>
		word === status ? [state as State] : []
	);
	return status === 'FAILED' ? [...states, 'reversed'] : states;
}

/** What the order had said and is said again as it came. */
export interface ChargeData {
	customer: Charge['customer'];
	metadata: Charge['metadata'];
}

/** A payment, or what an event says of it, and its order. */
export interface ChargeSource {
	transactionId: string;
	state: State;
	/** Minor units. */
	amount: number | null;
	currency: string;
	reference: string | null;
	reason: string | null;
	reasonMessage: string | null;
	/** The provider had attested the payment and took it back. */
	reversed?: boolean;
	order: Pick<
		OrderFacts,
		| 'sessionId'
		| 'tokenVersion'
		| 'description'
		| 'returnAddresses'
		| 'webhookUrl'
		| 'dialectData'
		| 'openedAt'
	>;
}

/** A charge, with the seed's keys first and in its order. */
export function viewCharge(context: Context, source: ChargeSource): Charge {
	const { order, currency } = source;
	const { amount, amount_decimal } = viewUnits(source.amount ?? 0, currency);
	const { customer, metadata } = order.dialectData as ChargeData;
	const token = sessionToken(context, { id: order.sessionId, version: order.tokenVersion });
	return {
		id: chargeIdOf(source.transactionId),
		status: statusOf(source),
		amount,
		currency,
		description: order.description,
		transaction_url: `${context.config.origin}/pay/${token}`,
		created: Math.floor(order.openedAt / 1000),
		amount_decimal,
		reference: source.reference,
		customer,
		metadata,
		redirect_url: order.returnAddresses.return ?? '',
		post_url: order.webhookUrl ?? '',
		...viewFailure(source)
	};
}

/** Why a charge failed. A declined try leaves its reason on one that may still be paid. */
function viewFailure(source: ChargeSource) {
	const { state, reason, reasonMessage } = source;
	if (statusOf(source) !== 'FAILED') return { failure_code: null, failure_message: null };
	const code = reason ?? state;
	return { failure_code: code, failure_message: reasonMessage ?? `The charge failed: ${code}` };
}

/** `GET /v1/charges`. */
export function viewChargeList(charges: Charge[], hasMore: boolean): ChargeList {
	return { data: charges, has_more: hasMore };
}

/** The ends of a charge, and what may follow the first; merchants are told of nothing else. */
const ends = new Set<EventKind>(['succeeded', 'declined', 'canceled', 'expired', 'reversed']);

/** The body of a webhook: the charge as it was at the event. Null: nothing is said of this one. */
export function renderChargeWebhook(context: Context, event: ToldEvent): string | null {
	const { transactionId, kind, snapshot, order } = event;
	if (!ends.has(kind)) return null;
	const { amount, currency, reference, reason, reasonMessage, reversed } = snapshot;
	const state = snapshot.state as State;
	const source = {
		transactionId,
		state,
		amount,
		currency,
		reference,
		reason,
		reasonMessage,
		reversed,
		order
	};
	return JSON.stringify(viewCharge(context, source));
}
