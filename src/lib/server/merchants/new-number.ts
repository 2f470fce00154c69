import type { Context } from '$lib/server/context';

/**
 * An id for what merchants name by a number in API calls: nine digits that tell nobody how many
 * there are. The primary key refuses a collision.
 */
export function newNumber({ random }: Context): number {
	return 100_000_000 + (random.bytes(4).readUInt32BE() % 900_000_000);
}
