import type { Explanation, LeftOut } from './decision';
import { drawOrder } from './draw-order';
import { failingCondition, type Asked } from './failing-condition';
import type { ProviderAccount } from './provider-account';
import type { RoutingSet } from './routing-set';
import type { Rule } from './rule';

/** An account of the merchant and what stands against it; null: it can be used. */
export interface Candidate {
	account: ProviderAccount;
	/** The payment's currency is not its own. */
	converts: boolean;
	because: LeftOut | null;
}

/** How many accounts are tried where no rule says it. */
const LIMIT = 3;

interface Decided<C> {
	/** Usable accounts, in the order of trying, cut to the limit. */
	order: C[];
	explanation: Explanation;
}

/** The accounts that a rule, or the lack of one, puts forward: usable ones, in order. */
interface Line<C> {
	rule: Rule | null;
	order: C[];
	limit: number;
}

/**
 * Puts a merchant's accounts (oldest first) in the order in which they are tried. The first rule
 * whose conditions hold and of whose accounts one can be used decides; without one, every account
 * that can be used is tried, first those that need no conversion.
 */
export function decide<C extends Candidate>(
	asked: Asked,
	candidates: readonly C[],
	{ set, tags }: { set: RoutingSet | null; tags: readonly string[] }
): Decided<C> {
	const usable = candidates.filter(({ because }) => because === null);
	const skipped: Explanation['skipped'] = [];
	const line = lineOfRules(asked, usable, { rules: set?.rules ?? [], tags, skipped });
	const { rule, order, limit } = line ?? {
		rule: null,
		order: [...usable].sort((a, b) => Number(a.converts) - Number(b.converts)),
		limit: LIMIT
	};
	return {
		order: order.slice(0, limit),
		explanation: {
			set: set && { id: set.id, name: set.name },
			rule: rule?.name ?? null,
			skipped,
			accounts: explainAccounts(candidates, order, { limit, isNamed: namedBy(rule) })
		}
	};
}

/** Fills `skipped` on the way. */
function lineOfRules<C extends Candidate>(
	asked: Asked,
	usable: readonly C[],
	{
		rules,
		tags,
		skipped
	}: { rules: Rule[]; tags: readonly string[]; skipped: Explanation['skipped'] }
): Line<C> | undefined {
	const byId = new Map(usable.map((one) => [one.account.id, one]));
	for (const rule of rules) {
		const failing = failingCondition(rule.when, asked, tags);
		const order = failing
			? []
			: rule.choices.flatMap((tier) =>
					drawOrder(tier, asked.transactionId).flatMap(({ account }) => byId.get(account) ?? [])
				);
		if (order.length > 0) {
			const { next, limit } = rule.onFailure;
			return { rule, order, limit: next ? limit : 1 };
		}
		skipped.push({ rule: rule.name, because: failing ?? 'no_account' });
	}
	return undefined;
}

function namedBy(rule: Rule | null): (account: ProviderAccount) => boolean {
	if (!rule) return () => true;
	const named = new Set(rule.choices.flat().map(({ account }) => account));
	return ({ id }) => named.has(id);
}

type Explained = Explanation['accounts'][number];

function explainAccounts<C extends Candidate>(
	candidates: readonly C[],
	order: readonly C[],
	{ limit, isNamed }: { limit: number; isNamed: (account: ProviderAccount) => boolean }
): Explained[] {
	const taken = new Set(order);
	const others = candidates.filter((one) => !taken.has(one));
	const tried = order.map(({ account: { id, name } }, index): Explained => {
		const verdict = index === 0 ? 'first' : index < limit ? 'next' : 'beyond_limit';
		return { id, name, verdict, because: null };
	});
	const leftOut = others.map(({ account, because }): Explained => {
		const { id, name } = account;
		return { id, name, verdict: 'left_out', because: isNamed(account) ? because : 'not_named' };
	});
	return [...tried, ...leftOut];
}
