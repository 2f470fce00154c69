import { askRefunds } from '../../../src/lib/server/payments/ask-refunds.ts';
import { askUndecided } from '../../../src/lib/server/payments/ask-undecided.ts';
import { processNotifications } from '../../../src/lib/server/payments/process-notifications.ts';
import { returnUnapplied } from '../../../src/lib/server/payments/return-unapplied.ts';
import { sendPayouts } from '../../../src/lib/server/payments/send-payouts.ts';
import { expireSessions } from '../../../src/lib/server/sessions/expire-sessions.ts';
import { sendSimulatorMessages } from '../../../src/lib/server/simulator/send-messages.ts';
import { deliverWebhooks } from '../../../src/lib/server/webhooks/deliver-webhooks.ts';
import { voices } from '../../../src/lib/server/worker/dialects.ts';
import type { Context } from '../../../src/lib/server/context.ts';
import type { Flights } from '../../../src/lib/server/webhooks/flights.ts';

/** A round of the worker, and from when on it has something to do. */
export interface Job {
	name: string;
	/** SQL that gives the next moment, or null. */
	due: string;
	round(context: Context, flights: Flights): Promise<number>;
}

/** What the app's workers do. */
export const appJobs: Job[] = [
	{
		name: 'deliver webhooks',
		due: `select min(case when lease_until >= due_at then lease_until + 1 else due_at end) as due
			from webhook_deliveries where due_at is not null`,
		round: (context, flights) => deliverWebhooks(context, voices, flights)
	},
	{
		name: 'ask about the undecided',
		due: 'select min(ask_at) as due from attempts where ask_at is not null',
		round: (context) => askUndecided(context)
	},
	{
		name: 'send payouts',
		due: 'select min(work_at) as due from transactions where work_at is not null',
		round: (context) => sendPayouts(context)
	},
	{
		name: 'ask about refunds',
		due: 'select min(ask_at) as due from refunds where ask_at is not null',
		round: (context) => askRefunds(context)
	},
	{
		name: 'give money back',
		due: 'select min(work_at) as due from unapplied_money where work_at is not null',
		round: (context) => returnUnapplied(context)
	},
	{
		name: 'expire sessions',
		// One whose attempt is open waits for that to end.
		due: `select min(expires_at) as due from transactions where expires_at is not null
			and id not in (select transaction_id from attempts where state in ('sent', 'action_required'))`,
		round: (context) => expireSessions(context)
	},
	{
		name: 'process notifications',
		due: 'select min(received_at) as due from notifications where processed_at is null',
		round: (context) => processNotifications(context)
	}
];

/** The make-believe acquirer's own. */
export const acquirerJobs: Job[] = [
	{
		name: 'send the simulator’s messages',
		due: `select min(due) as due from (
			select case when lease_until > due_at then lease_until else due_at end as due
				from simulator_messages where due_at is not null
			union all select decides_at from simulator_payments where decides_at is not null
			union all select decides_at from simulator_refunds where decides_at is not null
		) as own`,
		round: (context) => sendSimulatorMessages(context)
	}
];
