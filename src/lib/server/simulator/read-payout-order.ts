import { z } from 'zod';
import type { Context } from '$lib/server/context';
import { cardOfToken, type RuledCard } from './kept-cards';
import { parseJson } from './parse-json';
import { findPayment, type PaymentOrder } from './payments';
import { ruleForEnding, ruleForIban, ruleForOrigin, ruleForWallet } from './payout-rules';
import { moneySchema } from './read-payment-order';
import { approve, rule, type Rule } from './rule';

const text = (longest: number) => z.string().min(1).max(longest);

const destinationSchema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('iban'), iban: text(64), holder: text(200) }),
	z.strictObject({
		kind: z.literal('local_account'),
		country: z.string().length(2),
		bank_code: z.string().max(64),
		number: text(64),
		holder: text(200)
	}),
	z.strictObject({ kind: z.literal('card'), token: text(128) }),
	z.strictObject({ kind: z.literal('wallet'), wallet: text(200) }),
	z.strictObject({ kind: z.literal('phone'), phone: z.string().regex(/^\+\d{5,15}$/) }),
	z.strictObject({ kind: z.literal('origin'), attempt_id: text(128), payment_id: text(128) })
]);

type Destination = z.infer<typeof destinationSchema>;

const payoutSchema = moneySchema.extend({ destination: destinationSchema });

/** Undefined: not an order of a payout. */
export async function readPayoutOrder(
	context: Context,
	body: string
): Promise<PaymentOrder | undefined> {
	const { data } = payoutSchema.safeParse(parseJson(body));
	if (!data) return undefined;
	const { card = null, ...goal } = await goalOf(context, data.destination);
	const destination = { kind: data.destination.kind, ending: goal.ending };
	return {
		attemptId: data.attempt_id,
		kind: 'payout',
		amount: data.amount,
		currency: data.currency,
		rule: goal.rule,
		card,
		cardToken: null,
		details: JSON.stringify({ destination }),
		reference: null,
		returnUrl: null,
		callbackUrl: data.callback_url,
		locale: 'en'
	};
}

/** What a destination brings about, and what is kept of it: its last four letters at most. */
interface Goal {
	rule: Rule;
	ending: string;
	card?: { brand: string | null; last4: string };
}

async function goalOf(context: Context, destination: Destination): Promise<Goal> {
	switch (destination.kind) {
		case 'iban': {
			const { iban } = destination;
			return { rule: ruleForIban(iban), ending: iban.slice(-4) };
		}
		case 'local_account': {
			const { number } = destination;
			return { rule: ruleForEnding(number, 'The account'), ending: number.slice(-4) };
		}
		case 'phone': {
			const { phone } = destination;
			return { rule: ruleForEnding(phone, 'The telephone number'), ending: phone.slice(-4) };
		}
		case 'wallet': {
			const { wallet } = destination;
			return { rule: ruleForWallet(wallet), ending: wallet.slice(-4) };
		}
		case 'card': {
			const { rule: cardRule, ...card } = await cardOfToken(context.db.read, destination.token);
			return { rule: payoutRuleOf({ ...card, rule: cardRule }), ending: card.last4, card };
		}
		case 'origin':
			return { rule: ruleForOrigin(await wasTaken(context, destination)), ending: '' };
	}
}

/** A card that asks for 3-D Secure does so for payments only. */
function payoutRuleOf({ rule: own, last4 }: RuledCard): Rule {
	if (own.decision.state !== 'challenge') return own;
	return rule('payout_paid', approve, `The test card ending in ${last4} takes any payout.`);
}

async function wasTaken(
	{ db }: Context,
	{ attempt_id, payment_id }: Extract<Destination, { kind: 'origin' }>
): Promise<boolean> {
	const payment = await findPayment(db.read, attempt_id);
	return payment?.id === payment_id && payment.charges > 0 && payment.kind !== 'payout';
}
