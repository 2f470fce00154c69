import { returnAddress } from '$lib/server/api-cashier/return-address';
import { signCashierWebhook } from '$lib/server/api-cashier/signature';
import { renderCashierWebhook } from '$lib/server/api-cashier/views';
import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';
import type { Payment } from '$lib/server/payments/payment';
import type { Session } from '$lib/server/sessions/session';
import type { Voice } from '$lib/server/webhooks/voice';

/** A dialect where the core speaks to merchants in it. */
interface DialectVoice extends Voice {
	/** The signed address that leads the payer back to the merchant; null: none was given. */
	returnAddress(context: Context, session: Session, payment: Payment): Promise<string | null>;
}

/** How each dialect speaks to merchants. A dialect that is not here fails the type check. */
export const voices: Record<Dialect, DialectVoice> = {
	cashier: { render: renderCashierWebhook, sign: signCashierWebhook, returnAddress }
};
