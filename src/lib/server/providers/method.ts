/**
 * The ways in which a payer and a provider can meet. Pages, forms and the core know these and no
 * provider, so that a new provider of a known kind touches neither page nor core.
 */
export const methodKinds = {
	/** A card number in our form, perhaps with a 3-D Secure challenge. */
	card: 'deposit',
	/** The provider's own page, to which the payer's browser goes and from which it returns. */
	redirect: 'deposit',
	/** An account, an amount and a reference; the money arrives on its own, later. */
	bank_transfer: 'deposit',
	/** A code that the payer bought somewhere. */
	voucher: 'deposit',
	bank_payout: 'withdrawal',
	card_payout: 'withdrawal',
	wallet_payout: 'withdrawal',
	/** To whoever holds a telephone number. */
	phone_payout: 'withdrawal'
} as const satisfies Record<string, 'deposit' | 'withdrawal'>;

export type MethodKind = keyof typeof methodKinds;

/** One method as a provider offers it. */
export interface MethodOffer {
	/** What merchants call it (`settings.methods`): lower-case words joined by `_`. */
	readonly name: string;
	readonly kind: MethodKind;
	/** A brand's own name, which no language translates; left out: named for its kind. */
	readonly label?: string;
	/** Card brands it takes, as `card-validator` spells them; card kinds only. */
	readonly brands?: readonly string[];
	/** How long the money takes: the payer is told. */
	readonly takes: 'at_once' | 'minutes' | 'hours' | 'days';
}
