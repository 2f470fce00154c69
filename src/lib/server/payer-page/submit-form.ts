import { z } from 'zod';
import { depositByCard } from '$lib/server/payments/deposit-by-card';
import { amountToPay, plainAmount, readChoice } from './choose-amount';
import { pagePath } from './page-request';
import { stepOf } from './page-step';
import { readCard } from './read-card';
import type { Scene } from './scene';
import { cardMethod, enteredOf } from './view-form';
import type { Refused } from './view-page';

/** A missing field, a file in its place or a text beyond all measure counts as left empty. */
const text = (longest: number) => z.string().max(longest).catch('');

const amountFields = z.object({ amount: text(200) });
const cardFields = z.object({
	attempt_key: text(100),
	amount: z.string().max(64).nullable().catch(null),
	number: text(200),
	expiry: text(200),
	code: text(200),
	name: text(1000)
});

/** Where the browser goes (303, our own origin), or what to show it again (422). */
export type Submitted = { path: string } | { refused: Refused };

/**
 * Takes a form of the page. Whatever is sent, however often and from however many tabs: a form that
 * doesn't fit the state any more leads to the page as it stands, and charges nothing.
 */
export async function submitForm(
	scene: Scene,
	form: FormData,
	payerIp: string | null
): Promise<Submitted> {
	const { session, payment, now, request } = scene;
	if (stepOf(session, payment, now) !== 'form') return { path: pagePath(request) };
	const values = Object.fromEntries(form);
	if (values.step === 'amount') return submitAmount(scene, amountFields.parse(values).amount);
	return submitCard(scene, cardFields.parse(values), payerIp);
}

function submitAmount(scene: Scene, typed: string): Submitted {
	const amount = readChoice(scene, typed);
	if (typeof amount !== 'number') return { refused: { amount } };
	return { path: pagePath(scene.request, '', { amount: plainAmount(scene, amount) }) };
}

async function submitCard(
	scene: Scene,
	typed: z.infer<typeof cardFields>,
	payerIp: string | null
): Promise<Submitted> {
	const { context, session, payment, request, now } = scene;
	const amount = amountToPay(scene, typed.amount);
	if (amount === null) return { path: pagePath(request) };
	if (typeof amount !== 'number') return { refused: { amount } };
	const method = await cardMethod(scene);
	if (!method) return { path: pagePath(request) };
	const read = readCard(typed, { now, brands: method.brands });
	if ('problems' in read) return { refused: { card: enteredOf(typed, read.problems) } };
	const result = await depositByCard(context, {
		payment,
		attemptKey: typed.attempt_key,
		amount,
		card: read.card,
		returnUrl: context.config.origin + pagePath(request, 'return'),
		payerIp: session.payerIp ?? payerIp,
		description: session.description,
		locale: request.formatLocale
	});
	return { path: pagePath(request, '', result === 'stale' ? { notice: 'stale' } : {}) };
}
