import type { Outcome } from '$lib/server/providers/outcome';
import type {
	Card,
	CardPayment,
	Destination,
	Order,
	Provider,
	ProviderCall,
	RawNotification
} from '$lib/server/providers/provider';

/** A provider with its test system, made anew for each test. */
export interface ContractRig {
	provider: Provider;
	call: ProviderCall;
	/** Numbers of cards that make the test system behave in a certain way; spaces are allowed. */
	cards: {
		approved: string;
		declined: string;
		challenged: string;
		/** It is charged and the answer doesn't come. */
		silentCharged: string;
		/** The request gets lost. */
		silentLost: string;
		/** It is charged and the answer can't be read. */
		garbledCharged: string;
	};
	vouchers: Record<'good' | 'used' | 'unknown', string>;
	destinations: Record<
		| 'paid'
		| 'refused'
		| 'invalid'
		| 'slow'
		| 'slowRefused'
		| 'silentPaid'
		| 'silentLost'
		| 'garbledPaid',
		Destination
	>;
	/** Amounts of refunds, minor units; all are less than a payment. */
	refunds: Record<'good' | 'refused' | 'slow' | 'silent' | 'lost', number>;
	order(attemptId: string): Order;
	card(cardNumber: string): Card;
	payment(cardNumber: string, attemptId: string): CardPayment;
	/** How often the test system moved money for this attempt. */
	charges(attemptId: string): Promise<number>;
	/** How often it gave money back for this refund. */
	moves(refundId: string): Promise<number>;
	/** Does what a payer does on the page of a challenge. */
	answerChallenge(attemptId: string, answer: 'approve' | 'fail' | 'cancel'): Promise<void>;
	/** Does what a payer does on the provider's own page; `later` lets it decide by itself. */
	answerRedirect(attemptId: string, answer: 'pay' | 'decline' | 'cancel' | 'later'): Promise<void>;
	/** Lets money arrive for a bank transfer, in minor units. */
	credit(attemptId: string, amount: number): Promise<void>;
	/** Time passes until the test system has decided what it decides by itself, and told it. */
	wait(): Promise<void>;
	/** The newest notification that the test system sent about this attempt or refund. */
	notificationOf(id: string): Promise<RawNotification>;
}

export type OpenRig = () => Promise<ContractRig>;

export const ATTEMPT = '01963e1c-0000-7000-8000-000000000001';
export const REFUND = '01963e1c-0000-7000-8000-000000000002';
export const reference = { attemptId: ATTEMPT, providerReference: null };
export const amount = { amount: 1005, currency: 'EUR' };

/** A verb that this provider has to have. */
export function can<Verb>(verb: Verb | undefined): Verb {
	if (verb === undefined) throw new Error('the provider has no such verb');
	return verb;
}

/** The ways of moving money, by the verb that a provider needs for it. */
export const ways = {
	payByCard: ({ provider, payment, cards }, call, money) =>
		can(provider.payByCard)(call, { ...payment(cards.approved, ATTEMPT), amount: money }),
	payByRedirect: ({ provider, order }, call, money) =>
		can(provider.payByRedirect)(call, { ...order(ATTEMPT), amount: money }),
	payByTransfer: ({ provider, order }, call, money) =>
		can(provider.payByTransfer)(call, { ...order(ATTEMPT), amount: money, payUntil: 0 }),
	payByVoucher: ({ provider, order, vouchers }, call, money) =>
		can(provider.payByVoucher)(call, { ...order(ATTEMPT), amount: money, code: vouchers.good }),
	payOut: ({ provider, destinations }, call, money) =>
		can(provider.payOut)(call, {
			attemptId: ATTEMPT,
			method: 'bank',
			amount: money,
			destination: destinations.paid,
			description: null
		})
} satisfies Record<
	string,
	(rig: ContractRig, call: ProviderCall, money: typeof amount) => Promise<Outcome>
>;

export type Way = keyof typeof ways;

/** Does what makes the money move, where asking for it isn't enough. */
export async function finish(rig: ContractRig, way: Way): Promise<void> {
	if (way === 'payByRedirect') await rig.answerRedirect(ATTEMPT, 'pay');
	if (way === 'payByTransfer') await rig.credit(ATTEMPT, amount.amount);
}
