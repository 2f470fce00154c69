import type { Context } from '$lib/server/context';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import type { CardPayment, ProviderCall, RawNotification } from '$lib/server/providers/provider';
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
}

const CALLBACK = 'http://127.0.0.1:1/provider-callbacks/simulator/1';

/** One database for all tests of a suite: emptying two tables is quicker than making one anew. */
const opened = new WeakMap<() => Promise<Context>, Promise<Context>>();

async function emptyContext(open: () => Promise<Context>): Promise<Context> {
	const context = await (opened.get(open) ?? open());
	opened.set(open, Promise.resolve(context));
	await context.db.inTransaction(async (tx) => {
		await tx.deleteFrom('simulator_messages').execute();
		await tx.deleteFrom('simulator_payments').execute();
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
		}
	};
}

/** A payment of €10.05 with the card of this number. */
export function paymentWith(
	{ config }: Context,
	cardNumber: string,
	attemptId: string
): CardPayment {
	return {
		attemptId,
		amount: { amount: 1005, currency: 'EUR' },
		card: {
			number: cardNumber.replaceAll(' ', ''),
			expiryMonth: 12,
			expiryYear: 2030,
			securityCode: '737',
			holderName: 'Ada Payer'
		},
		returnUrl: `${config.origin}/pay/token/return`,
		payerIp: '192.0.2.1',
		description: null,
		locale: 'ar'
	};
}

/** The same payment as the acquirer's API takes it. */
export function orderWith({ context, call }: Simulation, cardNumber: string, attemptId: string) {
	const { amount, card, ...payment } = paymentWith(context, cardNumber, attemptId);
	return {
		attempt_id: attemptId,
		...amount,
		card: {
			number: card.number,
			expiry_month: card.expiryMonth,
			expiry_year: card.expiryYear,
			security_code: card.securityCode,
			holder_name: card.holderName
		},
		return_url: payment.returnUrl,
		callback_url: call.callbackUrl,
		description: payment.description,
		payer_ip: payment.payerIp,
		locale: payment.locale
	};
}
