import { translator } from '$lib/i18n/translate';
import { digitsOf } from '$lib/money/currencies';
import { formatDecimal } from '$lib/money/decimal';
import type { Context } from '$lib/server/context';
import type { OfferedMethod } from '$lib/server/payments/available-methods';
import type { Instructed } from '$lib/server/sessions/start-instructions';
import type { InstructionsView, MethodView } from './answers';
import { checkoutUrl } from './link';
import { standingOf, statusOf } from './status';
import { momentOf } from './views';

type Kind = MethodView['kind'];

/** A method that the payer of a checkout may choose, or why not. */
export function viewMethod(offered: OfferedMethod): MethodView {
	const { provider, name, label, usable, because, terms, lowest, highest, left } = offered;
	const kind = offered.kind as Kind;
	const bounds = [highest, left.highest].filter((bound) => bound !== null);
	return {
		provider,
		method: name,
		name: label ?? translator('en')(`method.${kind}`),
		kind,
		usable,
		reason: usable ? null : (because ?? 'unavailable'),
		fee: terms?.fee ?? null,
		lowest,
		highest: bounds.length > 0 ? Math.min(...bounds) : null,
		takes: offered.takes,
		brands: offered.brands
	};
}

/** What a payer must do for a method that is paid elsewhere. */
export function viewInstructions(context: Context, instructed: Instructed): InstructionsView {
	const { payment } = instructed;
	const standing = standingOf(payment);
	return {
		...wayOf(context, instructed),
		receivedAmount: standing.received,
		status: statusOf(standing)
	};
}

type Way = Omit<InstructionsView, 'receivedAmount' | 'status'>;

function wayOf(context: Context, instructed: Instructed): Way {
	if (instructed.kind === 'code') return enteredWay(context, instructed);
	const { attempt, action } = instructed;
	const { currency, receivedAmount, payUntil } = attempt;
	const isTransfer = action.type === 'instructions';
	const fields = isTransfer ? action.fields : [];
	return {
		provider: attempt.provider,
		method: attempt.method,
		kind: attempt.kind as Kind,
		...amountIn(attempt.amount - receivedAmount, currency),
		fields,
		reference: fields.find(({ name }) => name === 'reference')?.value ?? null,
		// A code of the whole amount would pay too much once a part has arrived.
		qr: isTransfer && receivedAmount === 0 ? action.qr : null,
		url: isTransfer ? null : action.url,
		...endIn(context, payUntil)
	};
}

/** A code that was bought somewhere is entered on our page. */
function enteredWay(
	context: Context,
	{ payment, method, provider, session }: Extract<Instructed, { kind: 'code' }>
): Way {
	const { transactionId } = payment;
	const { expiresAt } = session;
	const owed = method.terms?.provider ?? {
		amount: session.amount ?? 0,
		currency: session.currency
	};
	return {
		provider,
		method: method.name,
		kind: method.kind as Kind,
		...amountIn(owed.amount, owed.currency),
		fields: [],
		reference: null,
		qr: null,
		url: checkoutUrl(context, { transactionId, expiresAt }),
		...endIn(context, expiresAt)
	};
}

function amountIn(amount: number, currencyCode: string) {
	return { amount, amountDecimal: formatDecimal(amount, digitsOf(currencyCode)), currencyCode };
}

function endIn({ clock }: Context, payUntil: number | null) {
	if (payUntil === null) return { payUntil: null, secondsLeft: null };
	const leftMs = Math.max(0, payUntil - clock.now());
	return { payUntil: momentOf(payUntil), secondsLeft: Math.floor(leftMs / 1000) };
}
