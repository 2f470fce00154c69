import { signCashierWebhook } from '$lib/server/api-cashier/signature';
import { renderCashierWebhook } from '$lib/server/api-cashier/views';
import type { Dialect } from '$lib/server/db/schema';
import type { Voice } from '$lib/server/webhooks/voice';

/** How each dialect speaks to merchants. A dialect that is not here fails the type check. */
export const voices: Record<Dialect, Voice> = {
	cashier: { render: renderCashierWebhook, sign: signCashierWebhook }
};
