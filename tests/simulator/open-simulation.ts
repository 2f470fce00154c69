import type { Context } from '$lib/server/context';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import type {
	Card,
	CardPayment,
	Destination,
	Order,
	Payout,
	ProviderCall,
	RawNotification
} from '$lib/server/providers/provider';
import { simulatorCredentials } from '$lib/server/simulator/credentials';
import { inProcessFetch } from './in-process-fetch';

export interface Simulation {
	context: Context;
	call: ProviderCall;
	/** What came to the callback address, in order. */
	received: RawNotification[];
	/** How the receiver answers: a status, or no answer at all. */
	receiver: { answer: number | 'none' };
	advance(ms: number): void;
	chargesOf(attemptId: string): Promise<number>;
	/** How often a refund moved money. */
	movesOf(refundId: string): Promise<number>;
}

const CALLBACK = 'http://127.0.0.1:1/provider-callbacks/simulator/1';

/** One database for all tests of a suite: emptying tables is quicker than making one anew. */
const opened = new WeakMap<() => Promise<Context>, Promise<Context>>();

const tables = [
	'simulator_messages',
	'simulator_receipts',
	'simulator_refunds',
	'simulator_cards',
	'simulator_payments'
] as const;

async function emptyContext(open: () => Promise<Context>): Promise<Context> {
	const context = await (opened.get(open) ?? open());
	opened.set(open, Promise.resolve(context));
	await context.db.inTransaction(async (tx) => {
		for (const table of tables) await tx.deleteFrom(table).execute();
	});
	return context;
}

/** The simulator in this process, with a clock that stands still and a receiver that listens. */
export async function openSimulation(open: () => Promise<Context>): Promise<Simulation> {
	let now = Date.UTC(2026, 2, 1);
	const received: RawNotification[] = [];
	const receiver: Simulation['receiver'] = { answer: 200 };
	const base = await emptyContext(open);
	const fetch = inProcessFetch(
		() => context,
		async (url, { headers, body }) => {
			if (url !== CALLBACK) throw new Error(`a request went to ${url}`);
			const message = { headers: new Headers(headers), body: String(body), receivedAt: now };
			received.push(message);
			if (receiver.answer === 'none') throw new OutgoingError('connection', 'nobody there');
			return { status: receiver.answer, headers: {}, body: '', truncated: false };
		}
	);
	const context: Context = { ...base, clock: { now: () => now }, fetch };
	return {
		context,
		call: { fetch, credentials: simulatorCredentials(context), callbackUrl: CALLBACK },
		received,
		receiver,
		advance: (ms) => void (now += ms),
		async chargesOf(attemptId) {
			const row = await context.db.read
				.selectFrom('simulator_payments')
				.select('charges')
				.where('attempt_id', '=', attemptId)
				.executeTakeFirst();
			return row?.charges ?? 0;
		},
		async movesOf(refundId) {
			const row = await context.db.read
				.selectFrom('simulator_refunds')
				.select('moves')
				.where('refund_id', '=', refundId)
				.executeTakeFirst();
			return row?.moves ?? 0;
		}
	};
}

/** What every payment of €10.05 is asked with. */
export function orderWith({ config }: Pick<Context, 'config'>, attemptId: string): Order {
	return {
		attemptId,
		method: 'card',
		amount: { amount: 1005, currency: 'EUR' },
		returnUrl: `${config.origin}/pay/token/return`,
		payerIp: '192.0.2.1',
		description: null,
		locale: 'ar'
	};
}

/** A card of this number; spaces are allowed. */
export function cardWith(number: string): Card {
	return {
		number: number.replaceAll(' ', ''),
		expiryMonth: 12,
		expiryYear: 2030,
		securityCode: '737',
		holderName: 'Ada Payer'
	};
}

/** A payment of €10.05 with the card of this number. */
export function paymentWith(
	context: Pick<Context, 'config'>,
	cardNumber: string,
	attemptId: string
): CardPayment {
	return { ...orderWith(context, attemptId), card: cardWith(cardNumber), keepCard: false };
}

/** A payout of €10.05 to this destination. */
export function payoutWith(destination: Destination, attemptId: string): Payout {
	const amount = { amount: 1005, currency: 'EUR' };
	return { attemptId, method: 'bank', amount, destination, description: null };
}

/** The same card payment as the acquirer's API takes it. */
export function wireOrder({ context, call }: Simulation, cardNumber: string, attemptId: string) {
	const { amount, ...payment } = orderWith(context, attemptId);
	return {
		kind: 'card',
		attempt_id: attemptId,
		...amount,
		card: {
			number: cardNumber.replaceAll(' ', ''),
			expiry_month: 12,
			expiry_year: 2030,
			security_code: '737',
			holder_name: 'Ada Payer'
		},
		keep_card: false,
		return_url: payment.returnUrl,
		callback_url: call.callbackUrl,
		description: payment.description,
		payer_ip: payment.payerIp,
		locale: payment.locale
	};
}
