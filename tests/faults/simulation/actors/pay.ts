import type { Context } from '../../../../src/lib/server/context.ts';
import { listInstruments } from '../../../../src/lib/server/instruments/list-instruments.ts';
import { attemptKey } from '../../../../src/lib/server/payments/attempt-key.ts';
import { deposit, type Means } from '../../../../src/lib/server/payments/deposit.ts';
import type { Payment } from '../../../../src/lib/server/payments/payment.ts';
import { needsQuote, sealQuote } from '../../../../src/lib/server/payments/quote.ts';
import { readPaymentOfSession } from '../../../../src/lib/server/payments/read-payment.ts';
import { choose } from '../../../../src/lib/server/routing/choose.ts';
import type { Random } from '../../random.ts';
import { ask } from '../ask.ts';
import { countForm, type World } from '../world.ts';

/** How often each card is used, by its number; see the simulator's rules. */
const cards = [
	[24, '4242424242424242'],
	[8, '4000000000000002'],
	[6, '4000000000000119'],
	[5, '4000000000003055'],
	[14, '4000000000003220'],
	[6, '4000000000005019'],
	[5, '4000000000005027'],
	[6, '4000000000005035'],
	[4, '4000000000005043'],
	[6, '4000000000005050'],
	[6, '4000000000005068']
] as const;

/** The ends of voucher codes, likewise. */
const vouchers = [
	[5, '1111'],
	[2, '2222'],
	[2, '4444'],
	[2, '5555'],
	[2, '6666'],
	[2, '7777'],
	[2, '8888']
] as const;

export type Way = { method: string; means: Means };

/** Fills in the form and sends it, some twice: from haste, or from another tab. */
export async function pay(world: World, random: Random, payment: Payment): Promise<void> {
	const way = drawWay(random);
	const { id: routingSetId, isDear } = random.pick(world.merchant.routingSets);
	const quote = isDear
		? await ask(world, 'quote', async ({ context }) => ({
				sealed: await quoteFor(context, payment, way.method, routingSetId)
			}))
		: { sealed: null };
	if (!quote) return;
	const { sealed: agreed } = quote;
	if (agreed !== null) await world.scheduler.sleep(random.whole(17 * 60_000), 'payer');
	const presses = random.percent(20) ? 2 : 1;
	await Promise.all(
		Array.from({ length: presses }, () =>
			ask(world, `form ${way.method}`, async ({ context }) => {
				const { kind } = await submit(context, payment, way, { agreed, routingSetId });
				if (kind === 'sent') countForm(world, `${payment.transactionId} ${payment.tries + 1}`);
				return kind;
			})
		)
	);
}

/** What the payer is shown where fees or another currency are to be agreed to; null: nothing. */
async function quoteFor(
	context: Context,
	payment: Payment,
	method: string,
	routingSetId: number
): Promise<string | null> {
	const { merchantId, mode, transactionId, currency, payerReference: reference } = payment;
	const amount = payment.amount ?? 0;
	const { choices } = await choose(context, {
		merchantId,
		mode,
		intent: 'deposit',
		transactionId,
		method,
		amount,
		currency,
		payer: { ...payer, reference },
		routingSetId
	});
	const [first] = choices;
	if (!first || !needsQuote(first.terms)) return null;
	const { account, terms } = first;
	return sealQuote(context, { transactionId, method, amount, accountId: account.id, terms });
}

const payer = { country: 'DE', kycStatus: 'passed' } as const;

export function drawWay(random: Random): Way {
	return random.pick<() => Way>([
		[
			10,
			() => ({
				method: 'card',
				means: { kind: 'card', card: drawCard(random), keep: random.percent(60) }
			})
		],
		[
			2,
			() => ({
				method: 'card',
				means: { kind: 'kept_card', instrumentId: '', securityCode: '737' }
			})
		],
		[3, () => ({ method: 'wallet', means: { kind: 'redirect' } })],
		[3, () => ({ method: 'bank_transfer', means: { kind: 'bank_transfer' } })],
		[
			3,
			() => ({
				method: 'voucher',
				means: { kind: 'voucher', code: `CASHNOTE-0000-${random.pick(vouchers)}` }
			})
		]
	])();
}

function drawCard(random: Random) {
	return {
		number: random.pick(cards),
		expiryMonth: 12,
		expiryYear: 2030,
		securityCode: '737',
		holderName: 'Ada Payer'
	};
}

/** What the page does with a form that was shown for `shown`. */
async function submit(
	context: Context,
	shown: Payment,
	{ method, means }: Way,
	{ agreed, routingSetId }: { agreed: string | null; routingSetId: number }
) {
	const payment = await readPaymentOfSession(context, shown.sessionId);
	return deposit(context, {
		payment,
		attemptKey: attemptKey(context, shown.transactionId, shown.tries + 1),
		amount: payment.amount ?? 0,
		method,
		means: means.kind === 'kept_card' ? await keptCard(context, payment, means) : means,
		payer,
		agreed,
		returnUrl: `${context.config.origin}/pay/token/return`,
		payerIp: null,
		description: null,
		locale: 'en',
		routingSetId
	});
}

/** The card that was kept last; where there is none, one that was removed meanwhile. */
async function keptCard(context: Context, payment: Payment, means: Means & { kind: 'kept_card' }) {
	const { merchantId, mode, payerReference } = payment;
	if (payerReference === null) return means;
	const [newest] = await listInstruments(context, { merchantId, mode, payerReference });
	return { ...means, instrumentId: newest?.id ?? '' };
}
