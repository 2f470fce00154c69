import { z } from 'zod';
import { isCurrency } from '$lib/money/currencies';
import { MAX_AMOUNT } from '$lib/money/money';
import type { Context } from '$lib/server/context';
import { newReference } from './instructions';
import { cardOfNumber, cardOfToken, newCardToken } from './kept-cards';
import { parseJson } from './parse-json';
import type { PaymentOrder } from './payments';
import { transferRule } from './transfers';
import { plainCode, ruleForVoucher } from './voucher-rules';
import { walletRule } from './wallet';

export const cardSchema = z.strictObject({
	number: z.string().regex(/^\d{12,19}$/),
	expiry_month: z.int().min(1).max(12),
	expiry_year: z.int().min(2000).max(9999),
	security_code: z.string().regex(/^\d{3,4}$/),
	holder_name: z.string().max(200)
});

const keptCardSchema = z.strictObject({
	token: z.string().min(1).max(128),
	security_code: z
		.string()
		.regex(/^\d{3,4}$/)
		.nullable()
});

/** What every order of money has; a payout's as well. */
export const moneySchema = z.strictObject({
	attempt_id: z.string().regex(/^[\w.-]{1,128}$/),
	amount: z.int().positive().max(MAX_AMOUNT),
	currency: z.string().refine(isCurrency),
	callback_url: z.url({ protocol: /^https?$/ }).max(2_048),
	description: z.string().max(1_000).nullable()
});

const baseSchema = moneySchema.extend({
	return_url: z.url({ protocol: /^https?$/ }).max(2_048),
	payer_ip: z.string().max(64).nullable(),
	locale: z.string().max(64)
});

const orderSchema = z.discriminatedUnion('kind', [
	baseSchema.extend({
		kind: z.literal('card'),
		card: z.union([cardSchema, keptCardSchema]),
		keep_card: z.boolean()
	}),
	baseSchema.extend({ kind: z.literal('redirect') }),
	baseSchema.extend({ kind: z.literal('bank_transfer') }),
	baseSchema.extend({ kind: z.literal('voucher'), code: z.string().min(1).max(64) })
]);

type WireOrder = z.infer<typeof orderSchema>;

/** Undefined: not an order. Payers are only ever returned to our own pages. */
export async function readPaymentOrder(
	context: Context,
	body: string
): Promise<PaymentOrder | undefined> {
	const { data } = orderSchema.safeParse(parseJson(body));
	if (!data || new URL(data.return_url).origin !== context.config.origin) return undefined;
	return {
		attemptId: data.attempt_id,
		kind: data.kind,
		amount: data.amount,
		currency: data.currency,
		card: null,
		cardToken: null,
		details: null,
		reference: null,
		returnUrl: null,
		callbackUrl: data.callback_url,
		locale: data.locale,
		...(await whatIsPeculiar(context, data))
	};
}

/** What an order of each kind is decided by, and what there is to remember of it. */
async function whatIsPeculiar(
	context: Context,
	order: WireOrder
): Promise<Pick<PaymentOrder, 'rule'> & Partial<PaymentOrder>> {
	switch (order.kind) {
		case 'card':
			return { ...(await cardOf(context, order)), returnUrl: order.return_url };
		case 'redirect':
			return { rule: walletRule, returnUrl: order.return_url };
		case 'bank_transfer':
			return { rule: transferRule, reference: newReference(context) };
		case 'voucher': {
			const code = plainCode(order.code);
			return {
				rule: ruleForVoucher(code),
				details: JSON.stringify({ code: `…${code.slice(-4)}` })
			};
		}
	}
}

async function cardOf(
	context: Context,
	{ card: typed, keep_card }: Extract<WireOrder, { kind: 'card' }>
): Promise<Pick<PaymentOrder, 'rule' | 'card' | 'cardToken'>> {
	const isKept = 'token' in typed;
	const { rule, ...card } = isKept
		? await cardOfToken(context.db.read, typed.token)
		: cardOfNumber(typed.number);
	const token = isKept ? typed.token : newCardToken(context);
	return { rule, card, cardToken: keep_card ? token : null };
}
