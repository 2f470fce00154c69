import { returnAddress } from '$lib/server/api-cashier/return-address';
import { signCashierWebhook } from '$lib/server/api-cashier/signature';
import { renderCashierWebhook } from '$lib/server/api-cashier/views';
import { returnAddress as chargesReturnAddress } from '$lib/server/api-charges/return-address';
import { signChargeWebhook } from '$lib/server/api-charges/signature';
import { renderChargeWebhook } from '$lib/server/api-charges/views';
import { returnAddress as checkoutReturnAddress } from '$lib/server/api-checkout/return-address';
import { signCheckoutWebhook } from '$lib/server/api-checkout/signature';
import { renderCheckoutWebhook } from '$lib/server/api-checkout/views';
import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';
import type { Payment } from '$lib/server/payments/payment';
import type { Session } from '$lib/server/sessions/session';
import type { Voice } from '$lib/server/webhooks/voice';

/** A dialect where the core speaks to merchants in it. */
interface DialectVoice extends Voice {
	/** The signed address that leads the payer back to the merchant; null: none was given. */
	returnAddress(context: Context, session: Session, payment: Payment): Promise<string | null>;
	/** Whether the payer is kept until the merchant has heard how it ended, for 5 s at most. */
	isAwaited: boolean;
}

/** How each dialect speaks to merchants. A dialect that is not here fails the type check. */
export const voices: Record<Dialect, DialectVoice> = {
	cashier: {
		render: (_, event) => renderCashierWebhook(event),
		sign: signCashierWebhook,
		returnAddress,
		isAwaited: false
	},
	charges: {
		render: renderChargeWebhook,
		sign: signChargeWebhook,
		returnAddress: chargesReturnAddress,
		isAwaited: true
	},
	checkout: {
		render: (_, event) => renderCheckoutWebhook(event),
		sign: signCheckoutWebhook,
		returnAddress: checkoutReturnAddress,
		isAwaited: true
	}
};
