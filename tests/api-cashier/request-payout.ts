import { attemptKey } from '../../src/lib/server/payments/attempt-key';
import type { NewLeg } from '../../src/lib/server/payments/leg';
import { readPaymentOfSession } from '../../src/lib/server/payments/read-payment';
import { requestWithdrawal } from '../../src/lib/server/payments/request-withdrawal';
import { transactionOf } from './facts';
import { seedWithdrawal } from './orders';
import type { Stage } from './stage';

/** IBANs by what the simulator does with them. */
export const ibans = {
	paid: 'DE89370400440532013000',
	closed: 'GB29NWBK60161331926819',
	slow: 'FR1420041010050500013M02606'
};

/** A leg to a bank account; minor units. */
export function legTo(iban: string, amount: number): NewLeg {
	return {
		method: 'bank',
		kind: 'bank_payout',
		amount,
		destination: { kind: 'iban', iban, holder: 'John Doe' },
		label: `${iban.slice(0, 2)}•• •••• ${iban.slice(-4)}`,
		sourceAttemptId: null
	};
}

/** Opens a withdrawal through the API, without the payer's part. */
export async function openPayout(stage: Stage, fields: object = {}, key?: string) {
	const body = { request: { ...seedWithdrawal().request, ...fields } };
	const path = '/api/v1/withdrawal';
	const { status, text } = await stage.call({ path, body, ...(key && { key }) });
	if (status !== 200) throw new Error(text);
	const reference = body.request.tracking_id;
	const { id, session_id } = await transactionOf(stage.context, reference);
	return { reference, id, sessionId: session_id };
}

/** The same, and the payer asks for it; returns its ids. */
export async function requestPayout(
	stage: Stage,
	{ legs = [legTo(ibans.paid, 1005)], fields, key }: RequestedPayout = {}
) {
	const opened = await openPayout(stage, fields, key);
	const payment = await readPaymentOfSession(stage.context, opened.sessionId);
	const result = await requestWithdrawal(stage.context, {
		payment,
		attemptKey: attemptKey(stage.context, opened.id, 1),
		legs,
		kycStatus: 'passed'
	});
	if (result.kind !== 'requested') throw new Error(result.kind);
	return opened;
}

interface RequestedPayout {
	legs?: NewLeg[];
	fields?: object;
	/** The API key, where it is not the stage's merchant's. */
	key?: string;
}
