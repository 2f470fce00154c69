import type { Context } from '$lib/server/context';
import type { Reader } from '$lib/server/db/database';
import { keptQuery } from '$lib/server/db/kept-query';
import type { MethodKind } from '$lib/server/providers/method';
import type { ProviderAction } from '$lib/server/providers/outcome';
import type { Attempt, AttemptTerms, Payment } from './payment';
import type { AttemptState, State } from './states';
import { receivedAmountOf } from './what-came';

const transactionColumns = [
	't.id',
	't.session_id',
	't.application_id',
	't.merchant_id',
	't.mode',
	't.intent',
	't.state',
	't.version',
	't.amount',
	't.currency',
	't.payer_reference',
	't.reference',
	't.one_shot',
	't.tries',
	't.submissions',
	't.refunded_amount',
	't.reversed',
	't.attested',
	't.allow_underpay',
	't.allow_overpay',
	't.reserved_limits',
	't.reason',
	't.reason_message',
	't.created_at',
	't.updated_at'
] as const;

const attemptColumns = [
	'a.id as a_id',
	'a.number as a_number',
	'a.state as a_state',
	'a.method as a_method',
	'a.kind as a_kind',
	'a.provider as a_provider',
	'a.provider_account_id as a_provider_account_id',
	'a.provider_reference as a_provider_reference',
	'a.amount as a_amount',
	'a.currency as a_currency',
	'a.user_amount as a_user_amount',
	'a.fee as a_fee',
	'a.merchant_fee as a_merchant_fee',
	'a.rate as a_rate',
	'a.rate_source as a_rate_source',
	'a.rate_date as a_rate_date',
	'a.fx_fee as a_fx_fee',
	'a.action as a_action',
	'a.pay_until as a_pay_until',
	'a.received_amount as a_received_amount',
	'a.leg as a_leg',
	'a.card_brand as a_card_brand',
	'a.card_last4 as a_card_last4',
	'a.card_expiry as a_card_expiry',
	'a.keeps_card as a_keeps_card',
	'a.followers as a_followers',
	'a.ordered as a_ordered',
	'a.reason as a_reason',
	'a.asked as a_asked',
	'a.created_at as a_created_at'
] as const;

/** The payment of a session; every session has one from the moment it is opened. */
export async function readPaymentOfSession({ db }: Context, sessionId: string): Promise<Payment> {
	const [row] = await rowsOfSession(db.read, sessionId);
	if (!row) throw new Error('A session without a transaction');
	return paymentOf(row);
}

/** The payment of a transaction's id; undefined: there is none. */
export async function readPayment(
	reader: Reader,
	transactionId: string
): Promise<Payment | undefined> {
	const [row] = await rowsOfTransaction(reader, transactionId);
	return row && paymentOf(row);
}

/** The payment that an attempt belongs to, with its newest attempt. */
export async function readPaymentOfAttempt(
	reader: Reader,
	attemptId: string
): Promise<Payment | undefined> {
	const [row] = await rowsOfAttempt(reader, attemptId);
	return row && paymentOf(row);
}

/** The payment that an attempt belongs to, with that attempt, newest or not. */
export async function readPaymentAt(
	reader: Reader,
	attemptId: string
): Promise<{ payment: Payment; attempt: Attempt } | undefined> {
	const payment = await readPaymentOfAttempt(reader, attemptId);
	if (!payment) return undefined;
	if (payment.attempt?.id === attemptId) return { payment, attempt: payment.attempt };
	const row = await reader
		.selectFrom('attempts as a')
		.select(attemptColumns)
		.where('a.id', '=', attemptId)
		.executeTakeFirstOrThrow();
	const attempt = attemptOf(row);
	return attempt ? { payment, attempt } : undefined;
}

/** Payments with their newest attempts, for those who choose which. */
export function paymentRows(reader: Reader) {
	return reader
		.selectFrom('transactions as t')
		.leftJoin('attempts as a', (join) =>
			join.onRef('a.transaction_id', '=', 't.id').onRef('a.number', '=', 't.tries')
		)
		.select(transactionColumns)
		.select(attemptColumns);
}

const rowsOfSession = keptQuery((reader, sessionId: string) =>
	paymentRows(reader).where('t.session_id', '=', sessionId)
);

const rowsOfTransaction = keptQuery((reader, transactionId: string) =>
	paymentRows(reader).where('t.id', '=', transactionId)
);

const rowsOfAttempt = keptQuery((reader, attemptId: string) =>
	paymentRows(reader).where('t.id', '=', (query) =>
		query.selectFrom('attempts').where('id', '=', attemptId).select('transaction_id')
	)
);

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof paymentRows>['executeTakeFirst']>>>;

export function paymentOf(row: Row): Payment {
	const attempt = attemptOf(row);
	const ended = { state: row.state as State, reversed: row.reversed === 1 };
	return {
		transactionId: row.id,
		sessionId: row.session_id,
		applicationId: row.application_id,
		merchantId: row.merchant_id,
		mode: row.mode,
		intent: row.intent,
		...ended,
		version: row.version,
		amount: row.amount,
		currency: row.currency,
		payerReference: row.payer_reference,
		reference: row.reference,
		oneShot: row.one_shot === 1,
		tries: row.tries,
		submissions: row.submissions,
		refundedAmount: row.refunded_amount,
		receivedAmount: receivedAmountOf({ ...ended, intent: row.intent, attempt }),
		attested: row.attested === 1,
		allowUnderpay: row.allow_underpay === 1,
		allowOverpay: row.allow_overpay === 1,
		reservedLimits: row.reserved_limits,
		reason: row.reason,
		reasonMessage: row.reason_message,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
		attempt
	};
}

type AttemptRow = Pick<Row, Extract<keyof Row, `a_${string}`>>;

function attemptOf(row: { [Name in keyof AttemptRow]: AttemptRow[Name] }): Attempt | null {
	if (row.a_id === null) return null;
	const { a_rate: rate, a_rate_source: source, a_rate_date: date } = row;
	return {
		id: row.a_id,
		number: row.a_number ?? 0,
		state: row.a_state as AttemptState,
		method: row.a_method ?? '',
		kind: row.a_kind as MethodKind,
		provider: row.a_provider ?? '',
		providerAccountId: row.a_provider_account_id ?? 0,
		providerReference: row.a_provider_reference,
		amount: row.a_amount ?? 0,
		currency: row.a_currency ?? '',
		userAmount: row.a_user_amount ?? 0,
		fee: row.a_fee ?? 0,
		merchantFee: row.a_merchant_fee ?? 0,
		rate: rate === null ? null : { rate, source: source ?? '', date: date ?? '' },
		fxFee: row.a_fx_fee ?? 0,
		action: row.a_action === null ? null : (JSON.parse(row.a_action) as ProviderAction),
		payUntil: row.a_pay_until,
		receivedAmount: row.a_received_amount ?? 0,
		leg: row.a_leg,
		cardBrand: row.a_card_brand,
		cardLast4: row.a_card_last4,
		cardExpiry: row.a_card_expiry,
		keepsCard: row.a_keeps_card === 1,
		followers: row.a_followers ?? 0,
		ordered: row.a_ordered === null ? null : (JSON.parse(row.a_ordered) as AttemptTerms),
		reason: row.a_reason,
		asked: row.a_asked ?? 0,
		createdAt: row.a_created_at ?? 0
	};
}
