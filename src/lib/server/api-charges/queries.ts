import { z } from 'zod';
import { faultsOf, invalid } from '$lib/server/http/faults';
import { chargeStatuses, type Charge } from './answers';
import { readChargeId } from './charge-id';

const MOST = 100;
const USUAL = 20;

/** The query of `GET /v1/charges`. */
export const listShape = z.strictObject({
	limit: z
		.string()
		.regex(/^[1-9]\d{0,2}$/, `must be a whole number from 1 to ${MOST}`)
		.transform(Number)
		.refine((limit) => limit <= MOST, `must be a whole number from 1 to ${MOST}`)
		.optional()
		.meta({
			description: 'How many charges an answer holds at most.',
			example: USUAL,
			override: { type: 'integer', minimum: 1, maximum: MOST, default: USUAL }
		}),
	starting_after: z
		.string()
		.transform((id) => readChargeId(id) ?? '')
		.refine((id) => id !== '', 'must be the id of a charge')
		.optional()
		.meta({
			description: 'The id of the charge that the list before ended with.',
			'x-fresh': 'charge',
			override: { type: 'string' }
		}),
	status: z
		.enum(chargeStatuses, { error: `must be one of ${chargeStatuses.join(', ')}` })
		.optional()
		.meta({ description: 'Only charges with this status.' })
});

export interface ListQuery {
	limit: number;
	/** A transaction's id. */
	after?: string;
	status?: Charge['status'];
}

/** Reads the query of `GET /v1/charges`. Throws `invalid` with every faulty parameter. */
export function readListQuery({ searchParams }: URL): ListQuery {
	const names = [...searchParams.keys()];
	const twice = names.find((name, index) => names.indexOf(name) < index);
	if (twice !== undefined) {
		throw invalid([{ field: twice.slice(0, 100), message: 'must be given once' }]);
	}
	const parsed = listShape.safeParse(Object.fromEntries(searchParams));
	if (!parsed.success) throw invalid(faultsOf(parsed.error, 'query'));
	const { limit = USUAL, starting_after: after, status } = parsed.data;
	return { limit, after, status };
}
