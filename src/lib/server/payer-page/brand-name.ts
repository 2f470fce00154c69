import cardValidator from 'card-validator';

/** "Visa" for card-validator's "visa". */
export function brandName(name: string): string {
	return cardValidator.creditCardType.getTypeInfo(name)?.niceType ?? name;
}
