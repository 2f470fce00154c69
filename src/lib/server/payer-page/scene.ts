import { translator, type Translate } from '$lib/i18n/translate';
import { formatMoney } from '$lib/money/format-money';
import type { Context } from '$lib/server/context';
import { readPaymentOfSession } from '$lib/server/payments/read-payment';
import type { Payment } from '$lib/server/payments/payment';
import { findSession } from '$lib/server/sessions/find-session';
import type { Session } from '$lib/server/sessions/session';
import { readPageRequest, type PageRequest } from './page-request';

/** All that a page is made from. */
export interface Scene {
	context: Context;
	session: Session;
	payment: Payment;
	request: PageRequest;
	now: number;
	t: Translate;
	/** Minor units as people of the page's language write them; of the session's currency. */
	money(amount: number, currency?: string): string;
}

/** Reads the session of a token and how its payment stands. Undefined: the token opens nothing. */
export async function readScene(
	context: Context,
	token: string,
	url: URL,
	headers: Headers
): Promise<Scene | undefined> {
	const session = await findSession(context, token);
	if (!session) return undefined;
	const payment = await readPaymentOfSession(context, session.id);
	return sceneOf(context, session, payment, readPageRequest(session, token, url, headers));
}

function sceneOf(
	context: Context,
	session: Session,
	payment: Payment,
	request: PageRequest
): Scene {
	return {
		context,
		session,
		payment,
		request,
		now: context.clock.now(),
		t: translator(request.locale),
		money: (amount, currency = session.currency) =>
			formatMoney({ amount, currency }, request.formatLocale)
	};
}
