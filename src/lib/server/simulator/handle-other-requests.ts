import { z } from 'zod';
import { isCurrency } from '$lib/money/currencies';
import { MAX_AMOUNT } from '$lib/money/money';
import type { Context } from '$lib/server/context';
import { answer, refuse, type AcquirerAnswer } from './answers';
import { keepCard } from './kept-cards';
import { parseJson } from './parse-json';
import { cardSchema } from './read-payment-order';
import { ruleForRefund } from './refund-rules';
import { isSameRefund, recordRefund } from './refunds';
import { viewRefund } from './views';

/** A card that is only paid to needs no security code. */
const keepSchema = z.strictObject({
	card: cardSchema.extend({ security_code: z.string().regex(/^(\d{3,4})?$/) })
});

/** Keeps a card without a payment. */
export async function handleCard(context: Context, body: string): Promise<AcquirerAnswer> {
	const { data } = keepSchema.safeParse(parseJson(body));
	if (!data) return refuse(422, 'invalid_request', 'The card is incomplete or malformed.');
	const token = await keepCard(context, data.card.number);
	return token === undefined
		? refuse(422, 'card_refused', 'This is no test card: they are listed at /simulator.')
		: answer(200, { token });
}

const id = z.string().regex(/^[\w.-]{1,128}$/);

const refundSchema = z.strictObject({
	refund_id: id,
	attempt_id: id,
	payment_id: id,
	amount: z.int().positive().max(MAX_AMOUNT),
	currency: z.string().refine(isCurrency)
});

/** Gives money back. */
export async function handleRefund(
	context: Context,
	body: string
): Promise<AcquirerAnswer | 'hang'> {
	const { data } = refundSchema.safeParse(parseJson(body));
	if (!data) return refuse(422, 'invalid_request', 'The refund is incomplete or malformed.');
	const { refund_id, attempt_id, payment_id, amount, currency } = data;
	const order = {
		refundId: refund_id,
		attemptId: attempt_id,
		paymentId: payment_id,
		amount,
		currency
	};
	const rule = ruleForRefund(amount);
	if (rule.does === 'lose') return 'hang';
	const { refund, payment, isFirst } = await recordRefund(context, order, rule);
	if (!isSameRefund(refund, order)) {
		return refuse(409, 'refund_reused', 'Another refund was asked for under this id.');
	}
	return isFirst && rule.does === 'hang' ? 'hang' : answer(200, viewRefund(refund, payment));
}
