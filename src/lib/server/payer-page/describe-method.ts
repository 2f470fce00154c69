import type { OfferedMethod } from '$lib/server/payments/available-methods';
import type { MethodKind } from '$lib/server/payments/payment';
import { formatMoment } from './format-moment';
import type { Scene } from './scene';

/** A method in words. */
export interface MethodWords {
	name: string;
	/** What it costs, how much it takes, how long it takes. */
	details: string[];
	/** Why it cannot be used now; null: it can. */
	because: string | null;
}

/** What a payer reads of a method before choosing it; for deposits and withdrawals. */
export function describeMethod(scene: Scene, method: OfferedMethod): MethodWords {
	const because = method.usable ? null : becauseOf(scene, method);
	const details = method.usable
		? [feeOf(scene, method), convertedOf(scene, method), limitsOf(scene, method)]
		: [];
	return {
		name: methodName(scene, method),
		details: [...details.filter((text) => text !== null), scene.t(`method.takes.${method.takes}`)],
		because
	};
}

/** A brand's own name, or what people call a method of its kind. */
export function methodName(
	{ t }: Scene,
	{ label, kind }: { label?: string | null; kind: MethodKind }
): string {
	return label ?? t(`method.${kind}`);
}

/** The most that may be paid this way now: its own limit, or what the merchant's leave the payer. */
export function highestOf({ highest, left }: OfferedMethod): number | null {
	if (highest === null || left.highest === null) return highest ?? left.highest;
	return Math.min(highest, left.highest);
}

function feeOf({ session, t, money }: Scene, { terms }: OfferedMethod): string | null {
	if (!terms) return null;
	if (terms.fee === 0) return t('method.free');
	const key = session.intent === 'deposit' ? 'method.fee' : 'method.fee_off';
	return t(key, { fee: money(terms.fee) });
}

function convertedOf({ session, t }: Scene, { terms }: OfferedMethod): string | null {
	if (!terms?.rate) return null;
	const key = session.intent === 'deposit' ? 'method.converted' : 'method.converted_payout';
	return t(key, { currency: terms.provider.currency });
}

function limitsOf({ t, money }: Scene, method: OfferedMethod): string | null {
	const { lowest } = method;
	const highest = highestOf(method);
	if (lowest !== null && highest !== null) {
		return t('amount.between', { lowest: money(lowest), highest: money(highest) });
	}
	if (lowest !== null) return t('amount.from', { lowest: money(lowest) });
	return highest === null ? null : t('amount.to', { highest: money(highest) });
}

/** What is in the way, in words that help; which of the merchant's accounts it is, helps nobody. */
function becauseOf(scene: Scene, method: OfferedMethod): string {
	const { session, t, money } = scene;
	const { lowest, highest } = method;
	switch (method.because) {
		case 'not_verified':
			return t('method.because.not_verified', { merchant: session.application.merchantName });
		case 'limit_reached':
			return limitWords(scene, method);
		case 'below_lowest':
			return lowest === null
				? t('method.because.too_low')
				: t('method.because.lowest', { lowest: money(lowest) });
		case 'above_highest':
			return highest === null
				? t('method.because.too_high')
				: t('method.because.highest', { highest: money(highest) });
		case 'currency':
			return t('method.because.currency', { currency: session.currency });
		case 'no_rate':
			return t('method.because.no_rate', { currency: session.currency });
		case 'country':
		case 'outside_hours':
		case 'maintenance':
			return t(`method.because.${method.because}`);
		default:
			return t('method.because.off');
	}
}

function limitWords({ session, request, t, money }: Scene, { left }: OfferedMethod): string {
	if (left.exceeded) {
		const until = formatMoment(left.exceeded.until, request.formatLocale);
		return t('method.because.limit_reached', { until });
	}
	const key =
		session.intent === 'deposit' ? 'method.because.limit_left' : 'method.because.limit_left_payout';
	return t(key, { left: money(left.highest ?? 0) });
}
