import { openSession, type Order } from '../../../../src/lib/server/sessions/open-session.ts';
import type { Random } from '../../random.ts';
import { ask } from '../ask.ts';
import { webhookUrl } from '../destinations.ts';
import { count, type World } from '../world.ts';

/** A visit that the merchant's server opened for a payer. */
export interface Visit {
	sessionId: string;
	reference: string;
}

const someOrder: Order = {
	mode: 'test',
	intent: 'deposit',
	amount: null,
	currency: 'EUR',
	amountEditable: false,
	lowestAmount: null,
	highestAmount: null,
	presetAmounts: null,
	payerReference: null,
	reference: null,
	customer: { country_code: 'DE', kyc_status: 'passed' },
	payerIp: null,
	description: null,
	returnAddresses: {},
	webhookUrl,
	locale: null,
	theme: 'auto',
	methods: null,
	expiresIn: 3600
};

/** What a merchant's server orders for a payer. */
export function drawOrder(
	random: Random,
	{ reference, payer, intent }: { reference: string; payer: string; intent: Order['intent'] }
): Order {
	return {
		...someOrder,
		intent,
		reference,
		payerReference: payer,
		amount: 100 + random.whole(intent === 'deposit' ? 50_000 : 30_000),
		expiresIn: random.pick([
			[5, 3_600],
			[1, 60 + random.whole(900)]
		])
	};
}

/** Opens a visit, again and again with the same order until there is an answer. */
export async function openVisit(
	world: World,
	random: Random,
	order: Order
): Promise<Visit | undefined> {
	for (let round = 0; round < 30; round++) {
		const opened = await ask(world, 'open', ({ context }) =>
			openSession(context, world.merchant.application, order)
		);
		if (opened) return { sessionId: opened.id, reference: order.reference ?? '' };
		await world.scheduler.sleep(500 + random.whole(5_000), 'shop');
	}
	count(world, 'shop gave up');
	return undefined;
}
