import type { MessageKey } from '$lib/i18n/messages/en';
import { attemptKey } from '$lib/server/payments/attempt-key';
import { needsQuote } from '$lib/server/payments/quote';
import { quoteDeposit, type QuotedTerms } from '$lib/server/payments/quote-deposit';
import { cardFields, cardScriptKeys, type Entered } from './card-fields';
import { mayChooseAmount, plainAmount } from './choose-amount';
import { methodName } from './describe-method';
import { pagePath } from './page-request';
import { hasChoice, valueOf, type Choices, type Chosen } from './read-choices';
import type { Scene } from './scene';
import { testCardsOf } from './test-cards';
import { keptName } from './view-methods';
import { noticeOf, type NoticeView } from './view-notice';
import { chargedText, viewTerms } from './view-terms';

/** A form that was sent and can't be taken, for the way to pay that it was for. */
export interface RefusedForm {
	method: string;
	card?: Entered;
	/** What is wrong with a security code or a voucher's, which has a form of its own. */
	code?: MessageKey;
	/** A voucher's code, to be shown again. */
	typed?: string;
	/** Other terms than those that the payer had agreed to. */
	quoted?: QuotedTerms;
}

/** The terms of a way to pay as they are now; undefined: it can't be used any more. */
export async function quoteFor(
	{ context, session, payment }: Scene,
	{ method, kept }: Chosen,
	amount: number
): Promise<QuotedTerms | undefined> {
	const { terms } = method;
	// A saved card is good at its own account, whose terms may be others.
	if (terms && !kept && !needsQuote(terms)) return { terms, sealed: null };
	const { payer } = session;
	const wanted = { payment, method: method.name, amount, payer };
	return quoteDeposit(context, { ...wanted, ...(kept && { kept }) });
}

interface Shown {
	choices: Choices;
	chosen: Chosen;
	/** Minor units of the session's currency. */
	amount: number;
	quoted: QuotedTerms;
	refused: RefusedForm | null;
}

/** The form of a way to pay. */
export function viewForm(scene: Scene, shown: Shown) {
	const { session, request, t } = scene;
	const { choices, chosen, amount } = shown;
	const merchant = session.application.merchantName;
	const change = { text: t('amount.change'), path: pagePath(request, '', { change: '' }) };
	const chosenAmount = mayChooseAmount(scene) ? plainAmount(scene, amount) : null;
	const back = pagePath(request, '', chosenAmount === null ? {} : { amount: chosenAmount });
	const isCard = chosen.method.kind === 'card' && !chosen.kept;
	return {
		step: 'form' as const,
		change: mayChooseAmount(scene) ? change : null,
		notice: formNotice(scene, shown),
		form: payForm(scene, shown, chosenAmount),
		testCards: session.mode === 'test' && isCard ? testCardsOf(t) : null,
		other: hasChoice(choices) ? { text: t('method.other'), path: back } : null,
		cancel: { text: t('cancel.button', { merchant }), path: pagePath(request, 'cancel') }
	};
}

function formNotice(scene: Scene, { choices, refused }: Shown): NoticeView | null {
	if (!refused) return noticeOf(scene, choices);
	return refused.quoted ? { tone: 'warning', lines: [scene.t('notice.requote')] } : null;
}

function payForm(scene: Scene, shown: Shown, amount: string | null) {
	const { context, payment, request, t } = scene;
	const { chosen, quoted, refused } = shown;
	const { fields, problems, texts } = fieldsOf(scene, shown);
	const hasTerms = needsQuote(quoted.terms);
	return {
		id: fields.kind === 'card' ? 'card-form' : 'pay-form',
		path: pagePath(request),
		now: scene.now,
		attemptKey: attemptKey(context, payment.transactionId, payment.tries + 1),
		method: valueOf(chosen),
		amount,
		quote: quoted.sealed,
		problemHeading: t('form.problem_heading'),
		problems,
		retype: refused?.card ? t('card.retype') : null,
		fields,
		terms: hasTerms ? viewTerms(scene, shown.amount, quoted.terms) : null,
		pay: payText(scene, shown),
		texts: Object.fromEntries(texts.map((key) => [key, t(key)]))
	};
}

function payText(scene: Scene, { chosen, quoted }: Shown): string {
	const { t } = scene;
	switch (chosen.method.kind) {
		case 'redirect':
			return t('redirect.continue', { name: methodName(scene, chosen.method) });
		case 'bank_transfer':
			return t('transfer.continue');
		default:
			return t('card.pay', { amount: chargedText(scene, quoted.terms) });
	}
}

const formKeys = ['card.paying', 'form.offline'] as const satisfies readonly MessageKey[];

/** What the form asks for, what is wrong with it, and what the script may have to say. */
function fieldsOf(scene: Scene, { chosen, refused }: Shown) {
	const { t } = scene;
	const { method, kept } = chosen;
	const problem = refused?.code ? t(refused.code) : null;
	if (kept) {
		const isAmex = kept.brand === 'american-express';
		const fields = {
			kind: 'kept' as const,
			heading: t('kept.heading'),
			card: keptName(scene, kept),
			codeLength: isAmex ? 4 : 3,
			code: {
				label: t('card.code.label'),
				hint: t(isAmex ? 'card.code.hint_4' : 'card.code.hint'),
				problem
			}
		};
		return { fields, problems: [], texts: [...keptScriptKeys, ...formKeys] };
	}
	const heading = methodName(scene, method);
	switch (method.kind) {
		case 'card': {
			const { problems, ...rest } = cardFields(scene, method.brands, refused?.card ?? null);
			const fields = { kind: 'card' as const, heading: t('card.heading'), ...rest };
			return { fields, problems, texts: [...cardScriptKeys, ...formKeys] };
		}
		case 'voucher': {
			const explanation = t('voucher.explanation');
			const code = { label: t('voucher.label'), problem, value: refused?.typed ?? '' };
			const fields = { kind: 'voucher' as const, heading, explanation, code };
			return { fields, problems: [], texts: [...voucherScriptKeys, ...formKeys] };
		}
		default: {
			const isTransfer = method.kind === 'bank_transfer';
			const key = isTransfer ? 'transfer.explanation' : 'redirect.explanation';
			const explanation = t(key, { name: heading });
			const fields = { kind: 'plain' as const, heading, explanation };
			return { fields, problems: [], texts: ['form.offline'] as const };
		}
	}
}

const keptScriptKeys = [
	'card.code.problem.missing',
	'card.code.problem.length_3',
	'card.code.problem.length_4'
] as const satisfies readonly MessageKey[];

const voucherScriptKeys = ['voucher.problem.missing'] as const satisfies readonly MessageKey[];
