import { apiTexts } from './api-texts';
import type { Choices } from './choices';
import { wayTexts, type ShopTexts } from './way-texts';

/** What the shop's pages say of an API and a way to use it. */
export function textsOf({ api, way }: Pick<Choices, 'api' | 'way'>): ShopTexts {
	return api === 'cashier' ? wayTexts[way] : apiTexts[api];
}

/** What the APIs' words for an outcome mean to the shop. */
const outcomes = {
	successful: ['successful', 'CAPTURED', 'RECEIVED', 'CONFIRMED', 'OVERPAID'],
	pending: ['pending', 'INITIATED', 'PENDING', 'UNDERPAID'],
	rejected: ['rejected', 'FAILED', 'EXPIRED', 'CANCELLED']
} as const;

/** How an order ended in a status that an API told; null: it told none of these. */
export function outcomeOf(texts: ShopTexts, status: string | null) {
	const kinds = Object.keys(outcomes) as (keyof typeof outcomes)[];
	const kind = kinds.find((one) => outcomes[one].some((word) => word === status));
	return kind ? texts.back[kind] : null;
}
