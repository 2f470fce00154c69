import type { GuardedFetch } from '$lib/server/outgoing/guarded-fetch';
import type { Money } from '$lib/money/money';
import type { MethodOffer } from './method';
import type { Notification, Outcome, RefundOutcome } from './outcome';

/**
 * The contract of a payment provider. A provider is stateless and never touches the database: it
 * turns a request of the core into calls and the answers into outcomes. A verb it lacks is a thing
 * it cannot do. What it cannot read it reports as `unknown`; only the provider's explicit word
 * declines (architecture.md, invariant 2).
 */
export interface Provider {
	/** Lower-case; it stands in addresses of notifications and in merchants' lists. */
	readonly name: string;
	/** Every method it offers; an account's settings may narrow them. */
	readonly methods: readonly MethodOffer[];
	/** Sends a card payment. `payment.attemptId` is the idempotency key the provider sees. */
	payByCard?(call: ProviderCall, payment: CardPayment): Promise<Outcome>;
	/** Opens a payment on the provider's own page: `action_required` with a redirect. */
	payByRedirect?(call: ProviderCall, payment: Order): Promise<Outcome>;
	/** Asks where to transfer money to: `action_required` with instructions. */
	payByTransfer?(call: ProviderCall, payment: TransferOrder): Promise<Outcome>;
	payByVoucher?(call: ProviderCall, payment: VoucherPayment): Promise<Outcome>;
	/** Sends money to a payer. `payout.attemptId` is the idempotency key. */
	payOut?(call: ProviderCall, payout: Payout): Promise<Outcome>;
	/** Keeps a card for a later payout or payment and gives a token for it. */
	keepCard?(call: ProviderCall, card: Card): Promise<CardToken | { refused: string }>;
	/** Gives money of a succeeded attempt back. `refund.refundId` is the idempotency key. */
	refund?(call: ProviderCall, refund: RefundOrder): Promise<RefundOutcome>;
	inquireRefund?(call: ProviderCall, refund: RefundReference): Promise<RefundOutcome>;
	/** Asks for the outcome of an attempt. Never changes anything at the provider. */
	inquire(call: ProviderCall, attempt: AttemptReference): Promise<Outcome>;
	/**
	 * Ends an attempt that is not final, and answers how it stands afterwards. For an attempt the
	 * provider has never seen, it also makes sure that a late arrival will be refused; a provider
	 * that cannot promise this answers `unknown`.
	 */
	cancel(call: ProviderCall, attempt: AttemptReference): Promise<Outcome>;
	/**
	 * Checks a notification's signature and reads it. Undefined: not authentic, nothing is stored.
	 * What it says is a hint that the core checks against the attempt.
	 */
	readNotification(call: ProviderCall, message: RawNotification): Notification | undefined;
}

/** What a provider gets besides the payment: its account's credentials and the way out. */
export interface ProviderCall {
	fetch: GuardedFetch;
	/** Decrypted credentials of the provider account, by field. */
	credentials: Readonly<Record<string, string>>;
	/** Where this provider's server sends notifications for this account. */
	callbackUrl: string;
}

/** A card as the payer typed it. It lives in memory for one request and is never written. */
export interface Card {
	/** Digits only. */
	number: string;
	expiryMonth: number;
	/** Four digits. */
	expiryYear: number;
	securityCode: string;
	holderName: string;
}

/** The provider's own name for a card that it keeps. */
export interface CardToken {
	token: string;
}

/** A card that was kept before; the code is there where the payer was asked for it again. */
export interface KeptCard extends CardToken {
	securityCode: string | null;
}

/** What every payment is asked with. */
export interface Order {
	attemptId: string;
	/** The offer's name, for a provider with more than one of a kind. */
	method: string;
	/** What the provider moves, fees and conversion included. */
	amount: Money;
	/** Where the provider sends the payer's browser back, by GET or POST. */
	returnUrl: string;
	payerIp: string | null;
	description: string | null;
	/** BCP 47, for the provider's own pages. */
	locale: string;
}

export interface CardPayment extends Order {
	card: Card | KeptCard;
	/** The payer agreed that it is kept: the outcome then tells a token. */
	keepCard: boolean;
}

export interface TransferOrder extends Order {
	/** Until when the money may arrive, milliseconds since 1970. */
	payUntil: number;
}

interface VoucherPayment extends Order {
	code: string;
}

export interface Payout {
	attemptId: string;
	method: string;
	amount: Money;
	destination: Destination;
	description: string | null;
}

/** Where money goes. What identifies an account is encrypted wherever it lies. */
export type Destination =
	| { kind: 'iban'; iban: string; holder: string }
	/** An account in a country without IBANs, or by its local number. */
	| { kind: 'local_account'; country: string; bankCode: string; number: string; holder: string }
	/** A card that the provider keeps; the token is good at `accountId` only. */
	| { kind: 'card'; token: string; accountId: number }
	| { kind: 'wallet'; wallet: string }
	/** E.164. */
	| { kind: 'phone'; phone: string }
	/** Back to what a deposit came from, by the provider's reference of that deposit. */
	| { kind: 'origin'; attemptId: string; providerReference: string; accountId: number };

export interface RefundOrder {
	refundId: string;
	/** The attempt whose money goes back, and the provider's reference of it. */
	attemptId: string;
	providerReference: string;
	amount: Money;
}

export interface RefundReference {
	refundId: string;
	attemptId: string;
	providerReference: string | null;
}

export interface AttemptReference {
	attemptId: string;
	/** The provider's own id of the payment, once it has told one. */
	providerReference: string | null;
}

export interface RawNotification {
	headers: Headers;
	/** The exact bytes, at most 256 KiB. */
	body: string;
	/** Milliseconds since 1970: a provider has no clock of its own to refuse old messages by. */
	receivedAt: number;
}
