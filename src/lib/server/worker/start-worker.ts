import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '$lib/server/context';
import { purgeIdempotentAnswers } from '$lib/server/http/idempotency';
import { purgeRateCounts } from '$lib/server/http/rate-limits';
import { purgeLimits } from '$lib/server/limits/purge-limits';
import { purgeAccessTokens } from '$lib/server/merchants/access-tokens';
import { askRefunds } from '$lib/server/payments/ask-refunds';
import { askUndecided } from '$lib/server/payments/ask-undecided';
import { processNotifications } from '$lib/server/payments/process-notifications';
import { returnUnapplied } from '$lib/server/payments/return-unapplied';
import { sendPayouts } from '$lib/server/payments/send-payouts';
import { expireSessions } from '$lib/server/sessions/expire-sessions';
import { sendSimulatorMessages } from '$lib/server/simulator/send-messages';
import { deliverWebhooks } from '$lib/server/webhooks/deliver-webhooks';
import { allLanded, nextLanding, type Flights } from '$lib/server/webhooks/flights';
import { voices } from './dialects';
import { startLoop, type Job } from './start-loop';

/**
 * Starts everything that happens without a request. Each kind of work has a loop of its own, so
 * that a slow one holds up none of the others. Any number of processes may do this at once: what
 * is due is claimed under leases. `more` is work of parts that the worker does not know.
 */
export function startWorker(context: Context, more: Job[] = []): { stop(): Promise<void> } {
	const flights: Flights = new Map();
	const loops = [
		...more,
		{
			name: 'deliver webhooks',
			round: () => deliverWebhooks(context, voices, flights),
			wake: () => nextLanding(flights)
		},
		{ name: 'ask about the undecided', round: () => askUndecided(context) },
		{ name: 'send payouts', round: () => sendPayouts(context) },
		{ name: 'ask about refunds', round: () => askRefunds(context) },
		{ name: 'give money back', round: () => returnUnapplied(context) },
		{ name: 'expire sessions', round: () => expireSessions(context) },
		{ name: 'process notifications', round: () => processNotifications(context) },
		{ name: 'send the simulator’s messages', round: () => sendSimulatorMessages(context) },
		{ name: 'forget old answers', round: () => purgeIdempotentAnswers(context) },
		{ name: 'forget old tokens', round: () => purgeAccessTokens(context) },
		{ name: 'forget old limits', round: () => purgeLimits(context) },
		{ name: 'forget old counts', round: () => purgeRateCounts(context) }
	].map((job) => startLoop(context, job));
	return {
		/**
		 * Begins nothing new and waits for what runs, at most `config.stopGraceMs`. What is cut off
		 * after that is done again by whoever finds its lease lapsed.
		 */
		async stop() {
			const done = Promise.all(loops.map((loop) => loop.stop())).then(() => allLanded(flights));
			await within(context.config.stopGraceMs, done);
		}
	};
}

async function within(ms: number, work: Promise<void>): Promise<void> {
	const over = new AbortController();
	const limit = sleep(ms, undefined, { signal: over.signal }).catch(() => undefined);
	await Promise.race([work, limit]);
	over.abort();
}
