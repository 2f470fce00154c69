import { z } from 'zod';
import { cancelRequest } from '$lib/server/payments/list-requests';
import { plainAmount, amountToPay, readChoice } from '../choose-amount';
import { pagePath, type WithdrawalNoticeName } from '../page-request';
import { stepOf } from '../page-step';
import { keeperOf } from '../read-choices';
import type { Scene } from '../scene';
import type { Submitted } from '../submit-form';
import { confirmWithdrawal } from './confirm-withdrawal';
import { readSituation } from './read-situation';
import { submitAccount } from './submit-account';

/** A missing field, a file in its place or a text beyond all measure counts as left empty. */
const text = (longest: number) => z.string().max(longest).catch('');

const fields = z.object({
	step: text(20),
	amount: text(200),
	method: text(100),
	transaction: text(64),
	attempt_key: text(100),
	draft: text(20_000),
	iban: text(200),
	country: text(2),
	bank_code: text(200),
	account_number: text(200),
	holder: text(1000),
	wallet: text(400),
	phone: text(200),
	number: text(200),
	expiry: text(200)
});

export type WithdrawalFields = z.infer<typeof fields>;

/** Takes a form of a withdrawal's page, as `submitForm` does for a deposit. */
export async function submitWithdrawal(scene: Scene, form: FormData): Promise<Submitted> {
	const { session, payment, request, now } = scene;
	const values = fields.parse(Object.fromEntries(form));
	const isOpen = now < session.expiresAt;
	if (values.step === 'cancel_request' && isOpen) return submitCancel(scene, values.transaction);
	if (stepOf(session, payment, now) !== 'form') return { path: pagePath(request) };
	if (values.step === 'amount') return submitAmount(scene, values.amount);
	const amount = amountToPay(scene, request.amount);
	if (amount === null) return { path: pagePath(request) };
	if (typeof amount !== 'number') return { refused: { amount } };
	switch (values.step) {
		case 'method':
			return submitMethod(scene, amount, values.method);
		case 'account':
			return submitAccount(scene, amount, values);
		case 'confirm':
			return confirmWithdrawal(scene, amount, values);
		default:
			return { path: pathTo(scene, amount) };
	}
}

/** The address of a step of the form. */
export function pathTo(
	scene: Scene,
	amount: number,
	{ method, notice }: { method?: string; notice?: WithdrawalNoticeName } = {}
): string {
	return pagePath(scene.request, '', {
		amount: plainAmount(scene, amount),
		...(method !== undefined && { method }),
		...(notice !== undefined && { notice })
	});
}

function submitAmount(scene: Scene, typed: string): Submitted {
	const amount = readChoice(scene, typed);
	return typeof amount === 'number' ? { path: pathTo(scene, amount) } : { refused: { amount } };
}

async function submitMethod(scene: Scene, amount: number, name: string): Promise<Submitted> {
	const { method } = await readSituation(scene, amount, name);
	if (method) return { path: pathTo(scene, amount, { method: method.name }) };
	return name === '' ? { refused: { method: 'missing' } } : { path: pathTo(scene, amount) };
}

/** Another request of the same payer is taken back. */
async function submitCancel(scene: Scene, transactionId: string): Promise<Submitted> {
	const owner = keeperOf(scene);
	const isDone = owner !== null && (await cancelRequest(scene.context, owner, transactionId));
	const notice: WithdrawalNoticeName = isDone ? 'canceled' : 'too_late';
	return { path: pagePath(scene.request, '', { notice }) };
}
