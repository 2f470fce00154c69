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

/**
 * A provider with its test system, made anew for each test. What may be left out is asked for only
 * where the provider has the verb that needs it.
 */
export interface ContractRig {
	provider: Provider;
	call: ProviderCall;
	order(attemptId: string): Order;
	/** How often the test system moved money for this attempt. */
	charges(attemptId: string): Promise<number>;
	/** Time passes until the test system has decided what it decides by itself, and told it. */
	wait(): Promise<void>;
	/** The newest notification that the test system sent about this attempt or refund. */
	notificationOf(id: string): Promise<RawNotification>;
	/** How its answers and notifications write minor units of euro; left out: as an integer. */
	amountOnWire?(minorUnits: number): string;
	/** Numbers of cards that make the test system behave in a certain way; spaces are allowed. */
	cards?: {
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
	card?(cardNumber: string): Card;
	payment?(cardNumber: string, attemptId: string): CardPayment;
	/** Does what a payer does on the page of a challenge. */
	answerChallenge?(attemptId: string, answer: 'approve' | 'fail' | 'cancel'): Promise<void>;
	/** Does what a payer does on the provider's own page; `later` lets it decide by itself. */
	answerRedirect?(attemptId: string, answer: 'pay' | 'decline' | 'cancel' | 'later'): Promise<void>;
	/**
	 * Answers there so that it is paid and not final, and ends as told once time passes; left out by
	 * a provider that never attests.
	 */
	attestRedirect?(attemptId: string, end: 'final' | 'reversed'): Promise<void>;
	/** Lets money arrive for a bank transfer, in minor units. */
	credit?(attemptId: string, amount: number): Promise<void>;
	vouchers?: Record<'good' | 'used' | 'unknown', string>;
	destinations?: Record<
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
	refunds?: Record<'good' | 'refused' | 'slow' | 'silent' | 'lost', number>;
	/** How often it gave money back for this refund. */
	moves?(refundId: string): Promise<number>;
}

export type OpenRig = () => Promise<ContractRig>;

export const ATTEMPT = '01963e1c-0000-7000-8000-000000000001';
export const REFUND = '01963e1c-0000-7000-8000-000000000002';
export const reference = { attemptId: ATTEMPT, providerReference: null };
export const amount = { amount: 1005, currency: 'EUR' };

/** A verb that this provider has to have, or a part that its rig has to. */
export function can<Verb>(verb: Verb | undefined): Verb {
	if (verb === undefined) throw new Error('the provider has no such verb, or its rig no such part');
	return verb;
}

type RigWith<Part extends keyof ContractRig> = ContractRig & Required<Pick<ContractRig, Part>>;

/** A rig with parts that may be left out, and are needed. */
export async function openRigWith<Part extends keyof ContractRig>(
	openRig: OpenRig,
	parts: readonly Part[]
): Promise<RigWith<Part>> {
	const rig = await openRig();
	for (const part of parts) {
		if (rig[part] === undefined) throw new Error(`the rig needs ${part}`);
	}
	return rig as RigWith<Part>;
}

/** What stands for an amount in what the test system sends. */
export function onWire({ amountOnWire = String }: ContractRig, minorUnits: number): string {
	return amountOnWire(minorUnits);
}

/** The ways of moving money, by the verb that a provider needs for it. */
export const ways = {
	payByCard: ({ provider, payment, cards }, call, money) =>
		can(provider.payByCard)(call, {
			...can(payment)(can(cards).approved, ATTEMPT),
			amount: money
		}),
	payByRedirect: ({ provider, order }, call, money) =>
		can(provider.payByRedirect)(call, { ...order(ATTEMPT), amount: money }),
	payByTransfer: ({ provider, order }, call, money) =>
		can(provider.payByTransfer)(call, { ...order(ATTEMPT), amount: money, payUntil: 0 }),
	payByVoucher: ({ provider, order, vouchers }, call, money) =>
		can(provider.payByVoucher)(call, {
			...order(ATTEMPT),
			amount: money,
			code: can(vouchers).good
		}),
	payOut: ({ provider, destinations }, call, money) =>
		can(provider.payOut)(call, {
			attemptId: ATTEMPT,
			method: 'bank',
			amount: money,
			destination: can(destinations).paid,
			description: null
		})
} satisfies Record<
	string,
	(rig: ContractRig, call: ProviderCall, money: typeof amount) => Promise<Outcome>
>;

export type Way = keyof typeof ways;

/** The ways that a provider has. */
export function waysOf(provider: Provider): Way[] {
	return (Object.keys(ways) as Way[]).filter((way) => provider[way] !== undefined);
}

/** The first of them, for what holds whatever the way. */
export function firstWayOf(provider: Provider): Way {
	return can(waysOf(provider)[0]);
}

/** Does what makes the money move, where asking for it isn't enough. */
export async function finish(rig: ContractRig, way: Way): Promise<void> {
	if (way === 'payByRedirect') await can(rig.answerRedirect)(ATTEMPT, 'pay');
	if (way === 'payByTransfer') await can(rig.credit)(ATTEMPT, amount.amount);
}
