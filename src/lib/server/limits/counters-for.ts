import type { Intent, Mode } from '$lib/server/db/schema';
import type { LimitRule } from '$lib/server/merchants/merchant-settings';
import { sha256 } from '$lib/server/secrets/sha256';
import { periodAt } from './period-at';

/** Who wants to move money, and how. */
export interface Mover {
	merchantId: string;
	mode: Mode;
	/** The merchant's id of the payer. Without one nobody can be told apart, and nothing is limited. */
	payerReference: string | null;
	intent: Intent;
	method: string;
	currency: string;
}

/** A row of `limit_counters`, there or not yet, and the rule that it counts for. */
export interface Counter {
	rule: LimitRule;
	subject: string;
	periodStart: number;
	/** When the period ends, milliseconds since 1970. */
	until: number;
}

/**
 * The counters in which a payment counts now, in the one order in which transactions take them, so
 * that no two wait for each other.
 */
export function countersFor(rules: readonly LimitRule[], mover: Mover, now: number): Counter[] {
	const { payerReference } = mover;
	if (payerReference === null) return [];
	const counters = new Map<string, Counter>();
	for (const rule of rules) {
		if (!applies(rule, mover)) continue;
		const subject = subjectOf(rule, mover, payerReference);
		const before = counters.get(subject);
		const { start, until } = periodAt(rule.period, now);
		const both = before ? tighter(before.rule, rule) : rule;
		counters.set(subject, { rule: both, subject, periodStart: start, until });
	}
	return [...counters.values()].sort((a, b) => (a.subject < b.subject ? -1 : 1));
}

function applies(rule: LimitRule, { intent, method, currency }: Mover): boolean {
	const isOfMethod = rule.method === null || rule.method === method;
	return isOfMethod && rule.intent === intent && rule.currency === currency;
}

/** Two rules of one counter: a payment counts once and has to pass both. */
function tighter(a: LimitRule, b: LimitRule): LimitRule {
	return { ...a, amount: least(a.amount, b.amount), uses: least(a.uses, b.uses) };
}

function least(a: number | null, b: number | null): number | null {
	if (a === null || b === null) return a ?? b;
	return Math.min(a, b);
}

/** Longer references are hashed: a key of an index has its bounds. */
const MAX_REFERENCE = 64;

/**
 * The rule's numbers are not in it: what was moved before a merchant changed them still counts. A
 * hash is one character longer than any reference that stands for itself, so the two never meet.
 */
function subjectOf(rule: LimitRule, { merchantId, mode }: Mover, payerReference: string): string {
	const { intent, method, currency, period } = rule;
	const payer =
		payerReference.length <= MAX_REFERENCE ? payerReference : `#${sha256(payerReference)}`;
	return [merchantId, mode, intent, method ?? '*', currency, period, payer].join(':');
}
