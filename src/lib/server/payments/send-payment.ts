import type { Context } from '$lib/server/context';
import type { Outcome } from '$lib/server/providers/outcome';
import type { TransferOrder } from '$lib/server/providers/provider';
import type { Choice } from '$lib/server/routing/decision';
import { callProvider } from './call-provider';
import type { ReadyDeposit } from './deposit';

/**
 * Asks a provider to take a payment. Whatever goes wrong on the way is `unknown`: the worker will
 * ask.
 */
export async function sendPayment(
	context: Context,
	ready: ReadyDeposit,
	{ attemptId, choice, payUntil }: { attemptId: string; choice: Choice; payUntil: number }
): Promise<Outcome> {
	const { returnUrl, payerIp, description, locale } = ready;
	const { offer, terms } = choice;
	const order: TransferOrder = {
		attemptId,
		method: offer.name,
		amount: terms.provider,
		returnUrl,
		payerIp,
		description,
		locale,
		payUntil
	};
	return callProvider(context, async () => {
		const outcome = await ask(ready, choice, order);
		return outcome ?? { kind: 'unreachable', message: 'the provider has no such verb' };
	});
}

function ask(
	{ means, instrument }: ReadyDeposit,
	{ account: { provider, call } }: Choice,
	order: TransferOrder
): Promise<Outcome> | undefined {
	switch (means.kind) {
		case 'card':
			return provider.payByCard?.(call, { ...order, card: means.card, keepCard: means.keep });
		case 'kept_card': {
			const card = { token: instrument?.token ?? '', securityCode: means.securityCode };
			return provider.payByCard?.(call, { ...order, card, keepCard: false });
		}
		case 'redirect':
			return provider.payByRedirect?.(call, order);
		case 'bank_transfer':
			return provider.payByTransfer?.(call, order);
		case 'voucher':
			return provider.payByVoucher?.(call, { ...order, code: means.code });
	}
}
