import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';
import { describeError } from '$lib/server/log/describe-error';
import { claimDeliveries } from './claim-deliveries';
import type { Flights, Room } from './flights';
import { tryDelivery, type Patience } from './try-delivery';
import type { Voice } from './voice';

/** How long a delivery is held; several times longer than a try can take. */
type Limits = Room & Patience & { leaseMs: number };

/** Patience is the contract's: apis/cashier.md, *Webhook*. */
const usualLimits: Limits = {
	atOnce: 30,
	perReceiver: 3,
	timeoutMs: 15_000,
	maxResponseBytes: 16 * 1024,
	leaseMs: 60_000
};

/**
 * Claims the webhooks that are due, as far as there is room, and sets them flying; resolves with
 * how many, without waiting for the receivers: one that hangs must not hold up the others. What
 * flies is in `flights`, which the caller keeps from round to round.
 */
export async function deliverWebhooks(
	context: Context,
	voices: Record<Dialect, Voice>,
	flights: Flights,
	limits: Partial<Limits> = {}
): Promise<number> {
	const { timeoutMs, maxResponseBytes, ...claim } = { ...usualLimits, ...limits };
	const claimed = await claimDeliveries(context, flights, claim);
	for (const delivery of claimed) {
		const { id, application_id: applicationId, mode } = delivery;
		const landing = tryDelivery(context, voices, delivery, { timeoutMs, maxResponseBytes })
			// The lease lapses and the delivery is tried again.
			.catch((error: unknown) => {
				const fields = { deliveryId: id, error: describeError(error) };
				context.log.error('The outcome of a webhook could not be written', fields);
			})
			.finally(() => flights.delete(id));
		flights.set(id, { receiver: { applicationId, mode }, landing });
	}
	return claimed.length;
}
