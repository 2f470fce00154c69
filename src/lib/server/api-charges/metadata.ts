import { z } from 'zod';
import { isJsonNumber } from '$lib/server/http/read-strict-json';

const MOST_PAIRS = 20;

const name = z.string().min(1).max(40);
const value = z.string({ error: 'must be text' }).max(500, 'must be at most 500 characters');

const pairs = z
	.record(name, value, {
		error: ({ code }) =>
			code === 'invalid_key' ? 'must have a name of 1 to 40 characters' : 'must be an object'
	})
	.refine((record) => Object.keys(record).length <= MOST_PAIRS, {
		error: `must be at most ${MOST_PAIRS} pairs`
	});

/**
 * `metadata`: pairs of text that are said again with the charge. Zod leaves out a pair named
 * `__proto__` without a word, so that is refused here.
 */
export const metadataShape = z
	.preprocess((input, context) => {
		if (typeof input !== 'object' || input === null) return null;
		if (Array.isArray(input) || isJsonNumber(input)) return null;
		if (Object.hasOwn(input, '__proto__')) {
			context.addIssue({ code: 'custom', path: ['__proto__'], message: 'is no name to use' });
		}
		return input;
	}, pairs)
	.meta({
		description: `At most ${MOST_PAIRS} pairs of text of your own, said again with the charge.`,
		example: { basket: '77' }
	});
