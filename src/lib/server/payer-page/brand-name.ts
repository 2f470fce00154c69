import cardValidator from 'card-validator';

const { getTypeInfo, types } = cardValidator.creditCardType;

/** Asking the library copies all that it knows of a brand. */
const niceNames = new Map<string, string>(
	Object.values(types).map((name) => [name, getTypeInfo(name).niceType])
);

/** "Visa" for card-validator's "visa". */
export function brandName(name: string): string {
	return niceNames.get(name) ?? name;
}
