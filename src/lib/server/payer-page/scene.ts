import { translator, type Translate } from '$lib/i18n/translate';
import { formatMoney } from '$lib/money/format-money';
import type { Context } from '$lib/server/context';
import { readPaymentOfSession } from '$lib/server/payments/read-payment';
import type { Payment } from '$lib/server/payments/payment';
import { findSession } from '$lib/server/sessions/find-session';
import type { Session } from '$lib/server/sessions/session';
import { readEnding } from '$lib/server/webhooks/read-ending';
import { barrierAt, type Barrier } from './barrier';
import { readPageRequest, type PageRequest } from './page-request';
import { isResult, stepOf } from './page-step';

/** All that a page is made from. */
export interface Scene {
	context: Context;
	session: Session;
	payment: Payment;
	request: PageRequest;
	now: number;
	/** What keeps the payer from the way back. */
	barrier: Barrier;
	t: Translate;
	/** Minor units as people of the page's language write them; of the session's currency. */
	money(amount: number, currency?: string): string;
}

/**
 * Reads the session of a token and how its payment stands. Undefined: the token opens nothing.
 * `awaits`: whether a session's dialect keeps the payer until the merchant has heard of the end.
 */
export async function readScene(
	context: Context,
	token: string,
	url: URL,
	headers: Headers,
	awaits: (session: Session) => boolean = () => false
): Promise<Scene | undefined> {
	const session = await findSession(context, token);
	if (!session) return undefined;
	const payment = await readPaymentOfSession(context, session.id);
	const request = readPageRequest(session, token, url, headers);
	const now = context.clock.now();
	const barrier = await readBarrier(context, session, payment, { isAwaited: awaits(session), now });
	return {
		context,
		session,
		payment,
		request,
		now,
		barrier,
		t: translator(request.locale),
		money: (amount, currency = session.currency) =>
			formatMoney({ amount, currency }, request.formatLocale)
	};
}

async function readBarrier(
	context: Context,
	session: Session,
	payment: Payment,
	{ isAwaited, now }: { isAwaited: boolean; now: number }
): Promise<Barrier> {
	const { transactionId, oneShot: isOneShot, updatedAt: changedAt } = payment;
	const { expiresAt } = session;
	const step = stepOf(session, payment, now);
	const ending = isAwaited && isResult(step) ? await readEnding(context, transactionId) : null;
	return barrierAt({ step, isAwaited, isOneShot, ending, expiresAt, changedAt }, now);
}
