import type { OfferedMethod } from '$lib/server/payments/available-methods';
import { keepCard } from '$lib/server/payments/keep-card';
import type { NewLeg } from '$lib/server/payments/leg';
import { quoteLegs } from '$lib/server/payments/quote-legs';
import { readCustomer } from '$lib/server/sessions/read-customer';
import type { Scene } from '../scene';
import type { Submitted } from '../submit-form';
import { accountWay } from './account-fields';
import { pathTo, type WithdrawalFields } from './submit-withdrawal';
import {
	readIban,
	readLocalAccount,
	readPayoutCard,
	readPhone,
	readWallet,
	type AccountProblems,
	type ReadAccount
} from './read-account';
import { readSituation } from './read-situation';
import { enteredAccount, type EnteredAccount } from './view-account';

/**
 * Takes the account that a payer entered. Nothing is written: the answer is the page that asks for
 * a yes, and carries the account encrypted.
 */
export async function submitAccount(
	scene: Scene,
	amount: number,
	typed: WithdrawalFields
): Promise<Submitted> {
	const { context, payment, request } = scene;
	const { plan, method } = await readSituation(scene, amount, request.method);
	if (!method || plan.blocked > 0) return { path: pathTo(scene, amount, { notice: 'changed' }) };
	const read = await readTyped(scene, { method, amount: plan.rest }, typed);
	if ('problems' in read) return { refused: { account: read } };
	const rest: NewLeg = {
		...read,
		method: method.name,
		kind: method.kind,
		amount: plan.rest,
		sourceAttemptId: null
	};
	const quoted = await quoteLegs(context, payment, [...plan.origins, rest]);
	if (!quoted) return { path: pathTo(scene, amount, { notice: 'unavailable' }) };
	const fee = quoted.reduce((sum, { terms }) => sum + terms.fee, 0);
	return { draft: { legs: quoted.map(({ leg }) => leg), fee } };
}

interface Wanted {
	method: OfferedMethod;
	amount: number;
}

async function readTyped(
	scene: Scene,
	wanted: Wanted,
	typed: WithdrawalFields
): Promise<ReadAccount | EnteredAccount> {
	if (wanted.method.kind === 'card_payout') return readCard(scene, wanted, typed);
	const read = await readOther(scene, wanted.method.kind, typed);
	return 'problems' in read ? enteredAccount(typed, read.problems) : read;
}

async function readOther(
	scene: Scene,
	kind: OfferedMethod['kind'],
	typed: WithdrawalFields
): Promise<ReadAccount | { problems: AccountProblems }> {
	if (kind === 'wallet_payout') return readWallet(typed);
	if (kind === 'phone_payout') {
		const { phoneCountry } = await readCustomer(scene.context, scene.session.id);
		return readPhone(typed, phoneCountry);
	}
	return accountWay(scene) === 'iban' ? readIban(typed) : readLocalAccount(typed);
}

/** The number goes to the provider at once: a token of it is all that is carried on. */
async function readCard(
	{ context, session, payment, now }: Scene,
	{ method, amount }: Wanted,
	typed: WithdrawalFields
): Promise<ReadAccount | EnteredAccount> {
	const { name: holderName } = await readCustomer(context, session.id);
	const read = readPayoutCard(typed, { now, brands: method.brands, holderName });
	if ('problems' in read) return enteredAccount(typed, read.problems);
	const kept = await keepCard(context, payment, { method: method.name, amount, card: read.card });
	if (kept.kind === 'kept') return { destination: kept.destination, label: kept.label };
	return enteredAccount(typed, {}, `account.card_${kept.kind}`);
}
