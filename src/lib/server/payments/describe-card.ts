import cardValidator from 'card-validator';
import type { Card } from '$lib/server/providers/provider';

/** What is kept of a card: columns of `attempts`. */
export interface CardFacts {
	card_brand: string | null;
	card_first6: string;
	card_last4: string;
	card_expiry: string;
}

/** Brand, first six, last four and expiry: all that may be written (security.md, *Card data*). */
export function describeCard({ number, expiryYear, expiryMonth }: Card): CardFacts {
	return {
		card_brand: cardValidator.number(number).card?.type ?? null,
		card_first6: number.slice(0, 6),
		card_last4: number.slice(-4),
		card_expiry: `${expiryYear}-${String(expiryMonth).padStart(2, '0')}`
	};
}

/** A card as a payer knows it: "Visa •••• 4242". `brand` as card-validator spells it. */
export function cardLabel(brand: string | null, last4: string | null): string {
	const name = brand && (cardValidator.creditCardType.getTypeInfo(brand)?.niceType ?? brand);
	return `${name ?? ''} •••• ${last4 ?? ''}`.trim();
}
