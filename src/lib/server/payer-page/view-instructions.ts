import type { Attempt, Instructions } from '$lib/server/payments/payment';
import { digitsOf } from '$lib/money/currencies';
import { formatDecimal } from '$lib/money/decimal';
import { formatMoment } from './format-moment';
import { pagePath } from './page-request';
import { qrCode } from './qr-code';
import type { Scene } from './scene';
import type { Elsewhere } from './view-action';

interface Transfer {
	attempt: Attempt;
	action: Instructions;
	around: Elsewhere;
	/** Back to the merchant, for who pays later. */
	backUrl: string | null;
}

/** How to transfer the money: what a bank's form asks for, and what has arrived so far. */
export function viewInstructions(scene: Scene, { attempt, action, around, backUrl }: Transfer) {
	const { payment, session, request, now, t, money } = scene;
	const merchant = session.application.merchantName;
	const { amount, currency, receivedAmount } = attempt;
	const missing = amount - receivedAmount;
	const { notice, cancel, other } = around;
	// A code of the whole amount would pay too much once a part has arrived.
	const qr = action.qr === null || receivedAmount > 0 ? undefined : qrCode(action.qr);
	const arrived = [
		t('transfer.arrived', {
			received: money(receivedAmount, currency),
			amount: money(amount, currency)
		}),
		t('transfer.missing', { missing: money(missing, currency) }),
		...(payment.allowUnderpay ? [t('transfer.enough', { merchant })] : [])
	];
	return {
		step: 'instructions' as const,
		notice,
		instructions: {
			heading: t('transfer.heading', { amount: money(missing, currency) }),
			exact: t('transfer.exact'),
			arrived: receivedAmount > 0 ? arrived : null,
			fields: [amountField(scene, missing, currency), ...fieldsOf(scene, action)],
			copy: { text: t('transfer.copy'), done: t('transfer.copied') },
			qr: qr ? { ...qr, label: t('transfer.qr') } : null,
			until: attempt.payUntil === null ? null : untilOf(scene, attempt.payUntil),
			timeLeft: attempt.payUntil === null ? null : timeLeftOf(scene, attempt.payUntil - now),
			waits: t('transfer.waits'),
			refresh: { text: t('transfer.refresh'), path: pagePath(request, 'action') },
			later: backUrl === null ? null : { text: t('transfer.later', { merchant }), url: backUrl },
			simulate: simulateLink(scene, attempt, action),
			support: { label: t('result.support'), code: payment.transactionId },
			cancel,
			other
		}
	};
}

interface FieldView {
	name: string;
	term: string;
	/** As it is read. */
	value: string;
	/** As it is typed into a bank's form. */
	copied: string;
	/** The name of its copy button. */
	label: string;
}

function amountField({ t, money }: Scene, amount: number, currency: string): FieldView {
	const term = t('transfer.field.amount');
	return {
		name: 'amount',
		term,
		value: money(amount, currency),
		copied: formatDecimal(amount, digitsOf(currency)),
		label: t('transfer.copy_named', { field: term })
	};
}

function fieldsOf({ t }: Scene, { fields }: Instructions): FieldView[] {
	return fields.map(({ name, value }) => {
		const term = t(`transfer.field.${name}`);
		const label = t('transfer.copy_named', { field: term });
		const shown = name === 'iban' ? value.replace(/(.{4})(?=.)/g, '$1 ') : value;
		return { name, term, value: shown, copied: value, label };
	});
}

function untilOf({ request, t }: Scene, at: number) {
	return {
		term: t('transfer.until'),
		/** For the script, which knows the payer's time zone. */
		machine: new Date(at).toISOString(),
		text: formatMoment(at, request.formatLocale)
	};
}

function timeLeftOf({ t }: Scene, ms: number) {
	return { ms, texts: Array.from({ length: 10 }, (_, minutes) => t('time.left', { minutes })) };
}

/** Test mode's help: where the make-believe bank takes the money. */
function simulateLink({ session, t }: Scene, { provider }: Attempt, { fields }: Instructions) {
	if (session.mode !== 'test' || provider !== 'simulator') return null;
	const reference = fields.find(({ name }) => name === 'reference')?.value ?? '';
	return { text: t('transfer.simulate'), url: `/simulator/bank/${encodeURIComponent(reference)}` };
}
