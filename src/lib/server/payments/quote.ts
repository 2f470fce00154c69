import { keyFor, type Context } from '$lib/server/context';
import type { Terms } from '$lib/server/routing/terms';
import { hmacBase64url } from '$lib/server/secrets/hmac';
import { sameSecret } from '$lib/server/secrets/same-secret';

/** How long the payer may think about it (architecture.md, *FX*). */
const QUOTE_MS = 15 * 60_000;

/** The terms that a payer was shown: fees and conversion of one amount at one account. */
export interface Quote {
	transactionId: string;
	method: string;
	/** Minor units of the transaction's currency. */
	amount: number;
	accountId: number;
	terms: Terms;
	/** Milliseconds since 1970. */
	quotedAt: number;
}

/** Whether there is anything to agree to: terms without fee and conversion need no quote. */
export function needsQuote({ fee, rate, fxFee }: Terms): boolean {
	return fee !== 0 || rate !== null || fxFee !== 0;
}

/**
 * A quote as text for a form: signed, so that nothing is written before the payer agrees. What it
 * says is no secret; who alters it is asked again.
 */
export function sealQuote(context: Context, quote: Omit<Quote, 'quotedAt'>): string {
	const text = JSON.stringify({ ...quote, quotedAt: context.clock.now() });
	const encoded = Buffer.from(text).toString('base64url');
	return `${encoded}.${hmacBase64url(keyFor(context, 'quote'), encoded)}`;
}

/** Undefined: not ours, older than 15 minutes, or of another payment, method or amount. */
export function openQuote(
	context: Context,
	sealed: string | null,
	about: { transactionId: string; method: string; amount: number }
): Quote | undefined {
	const [encoded = '', signature = ''] = sealed?.split('.') ?? [];
	if (!sameSecret(signature, hmacBase64url(keyFor(context, 'quote'), encoded))) return undefined;
	const quote = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Quote;
	const age = context.clock.now() - quote.quotedAt;
	const isSame =
		quote.transactionId === about.transactionId &&
		quote.method === about.method &&
		quote.amount === about.amount;
	return isSame && age <= QUOTE_MS ? quote : undefined;
}
