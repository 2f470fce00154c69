import { z } from 'zod';
import type { WithdrawalDraft } from '$lib/server/payments/withdrawal-draft';
import { removeInstrument } from '$lib/server/instruments/remove-instrument';
import { amountToPay, mayChooseAmount, plainAmount, readChoice } from './choose-amount';
import { pagePath } from './page-request';
import { stepOf } from './page-step';
import { chosenOf, keeperOf, readChoices } from './read-choices';
import type { Scene } from './scene';
import { submitPayment } from './submit-payment';
import type { Refused } from './view-page';
import { submitWithdrawal } from './withdrawal/submit-withdrawal';

/** A missing field, a file in its place or a text beyond all measure counts as left empty. */
const text = (longest: number) => z.string().max(longest).catch('');
const plain = z.string().max(64).nullable().catch(null);

const amountFields = z.object({ amount: text(200) });
const methodFields = z.object({ amount: plain, method: text(100) });
const removeFields = z.object({ amount: plain, card: text(100) });

/**
 * Where the browser goes (303, our own origin), or what to show it again (422), or a withdrawal that
 * waits for the payer's yes (200).
 */
export type Submitted = { path: string } | { refused: Refused } | { draft: WithdrawalDraft };

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
	if (session.intent === 'withdrawal') return submitWithdrawal(scene, form);
	if (stepOf(session, payment, now) !== 'form') return { path: pagePath(request) };
	const values = Object.fromEntries(form);
	switch (values.step) {
		case 'amount':
			return submitAmount(scene, amountFields.parse(values).amount);
		case 'method':
			return submitMethod(scene, methodFields.parse(values));
		case 'remove':
			return removeCard(scene, removeFields.parse(values));
		default:
			return submitPayment(scene, values, payerIp);
	}
}

function submitAmount(scene: Scene, typed: string): Submitted {
	const amount = readChoice(scene, typed);
	if (typeof amount !== 'number') return { refused: { amount } };
	return { path: pagePath(scene.request, '', { amount: plainAmount(scene, amount) }) };
}

async function submitMethod(scene: Scene, typed: z.infer<typeof methodFields>): Promise<Submitted> {
	const { request } = scene;
	const amount = amountToPay(scene, typed.amount);
	if (amount === null) return { path: pagePath(request) };
	if (typeof amount !== 'number') return { refused: { amount } };
	if (typed.method === '') return { refused: { method: 'missing' } };
	const query: Record<string, string> = {};
	if (mayChooseAmount(scene)) query.amount = plainAmount(scene, amount);
	// Only what this page offers gets into an address.
	const isOffered = chosenOf(await readChoices(scene, amount), typed.method);
	if (isOffered) query.method = typed.method;
	else query.notice = 'unavailable';
	return { path: pagePath(request, '', query) };
}

async function removeCard(scene: Scene, typed: z.infer<typeof removeFields>): Promise<Submitted> {
	const { context, request } = scene;
	const owner = keeperOf(scene);
	const isRemoved = owner && (await removeInstrument(context, owner, typed.card));
	const amount = amountToPay(scene, typed.amount);
	const query: Record<string, string> = {};
	if (mayChooseAmount(scene) && typeof amount === 'number') {
		query.amount = plainAmount(scene, amount);
	}
	if (isRemoved) query.notice = 'card_removed';
	return { path: pagePath(request, '', query) };
}
