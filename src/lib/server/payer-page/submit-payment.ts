import { z } from 'zod';
import { deposit, type Means } from '$lib/server/payments/deposit';
import { quoteDeposit } from '$lib/server/payments/quote-deposit';
import { amountToPay } from './choose-amount';
import { pagePath } from './page-request';
import { chosenOf, hasChoice, readChoices, valueOf, type Chosen } from './read-choices';
import { readMeans } from './read-means';
import type { Scene } from './scene';
import type { Submitted } from './submit-form';

/** A missing field, a file in its place or a text beyond all measure counts as left empty. */
const text = (longest: number) => z.string().max(longest).catch('');
const optional = (longest: number) => z.string().max(longest).nullable().catch(null);

const fields = z.object({
	attempt_key: text(100),
	amount: optional(64),
	method: optional(100),
	/** The terms that the payer agreed to. */
	quote: optional(2000),
	number: text(200),
	expiry: text(200),
	code: text(200),
	name: text(1000),
	keep: optional(10)
});

/** Takes the form of a way to pay. `values`: its fields as they came. */
export async function submitPayment(
	scene: Scene,
	values: Record<string, FormDataEntryValue>,
	payerIp: string | null
): Promise<Submitted> {
	const { context, session, payment, request } = scene;
	const typed = fields.parse(values);
	const amount = amountToPay(scene, typed.amount);
	if (amount === null) return { path: pagePath(request) };
	if (typeof amount !== 'number') return { refused: { amount } };
	const choices = await readChoices(scene, amount);
	const chosen = chosenOf(choices, typed.method);
	if (!chosen || (typed.method !== null && valueOf(chosen) !== typed.method)) {
		return unavailable(scene, typed.method?.startsWith('kept:') ? 'card_gone' : null);
	}
	const read = readMeans(scene, chosen, typed);
	const method = valueOf(chosen);
	if ('problems' in read) return { refused: { form: { method, ...read.problems } } };
	const { means } = read;
	const result = await deposit(context, {
		payment,
		attemptKey: typed.attempt_key,
		amount,
		method: chosen.method.name,
		means,
		payer: session.payer,
		agreed: typed.quote,
		returnUrl: context.config.origin + pagePath(request, 'return'),
		payerIp: session.payerIp ?? payerIp,
		description: session.description,
		locale: request.formatLocale
	});
	switch (result.kind) {
		case 'sent':
			return { path: pathAfter(scene, means, hasChoice(choices) ? method : null) };
		case 'stale':
			return { path: pagePath(request, '', { notice: 'stale' }) };
		case 'requote':
			return askAgain(scene, { chosen, method, means, amount });
		case 'card_gone':
			return unavailable(scene, 'card_gone');
		case 'unavailable':
			return unavailable(scene, means.kind === 'card' ? 'card_unavailable' : null);
		case 'limit_reached':
		case 'not_verified':
			// The page itself tells what is in the way, and until when.
			return { path: pagePath(request) };
	}
}

function unavailable(
	{ request }: Scene,
	notice: 'card_gone' | 'card_unavailable' | null
): Submitted {
	return { path: pagePath(request, '', { notice: notice ?? 'unavailable' }) };
}

/** A declined form is shown again, so that it can be mended; what goes on elsewhere leads there. */
function pathAfter({ request }: Scene, { kind }: Means, method: string | null): string {
	if (kind === 'redirect') return pagePath(request, 'action', { going: '' });
	if (kind === 'bank_transfer' || method === null) return pagePath(request);
	return pagePath(request, '', { method });
}

interface Declined {
	chosen: Chosen;
	method: string;
	means: Means;
	amount: number;
}

/** The same form on the terms as they are now, for the card that was typed. */
async function askAgain(
	{ context, session, payment, request }: Scene,
	{ chosen, method, means, amount }: Declined
): Promise<Submitted> {
	const { kept } = chosen;
	const quoted = await quoteDeposit(context, {
		payment,
		method: chosen.method.name,
		amount,
		payer: session.payer,
		...(kept && { kept }),
		...(means.kind === 'card' && { card: means.card })
	});
	if (!quoted) return { path: pagePath(request, '', { notice: 'unavailable' }) };
	if (means.kind !== 'card') return { refused: { form: { method, quoted } } };
	const { card, keep } = means;
	const expiry = `${String(card.expiryMonth).padStart(2, '0')} / ${card.expiryYear % 100}`;
	const entered = { problems: {}, expiry, name: card.holderName, keep };
	return { refused: { form: { method, quoted, card: entered } } };
}
