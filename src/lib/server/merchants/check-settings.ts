import type { z } from 'zod';
import { BusinessError, type FieldError } from '$lib/server/errors';

const MAX_FAULTS = 50;

/**
 * What a merchant saves, checked and in the schema's shape.
 * @throws BusinessError `invalid` that names each faulty field (`fees.0.percent`) and its rule
 */
export function checkSettings<T>(schema: z.ZodType<T>, settings: unknown, what: string): T {
	const parsed = schema.safeParse(settings);
	if (parsed.success) return parsed.data;
	const fields = parsed.error.issues.flatMap((issue) => faultsOf(issue, what));
	throw refusal(what, fields);
}

/** The refusal of settings for what no schema can tell. */
export function refusal(what: string, fields: FieldError[]): BusinessError {
	return new BusinessError('invalid', `The ${what} has faulty fields`, {
		fields: fields.slice(0, MAX_FAULTS)
	});
}

function faultsOf(issue: z.core.$ZodIssue, what: string): FieldError[] {
	const path = issue.path.map(String);
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => ({
			field: [...path, key.slice(0, 100)].join('.'),
			message: 'is not known'
		}));
	}
	const isObject = issue.code === 'invalid_type' && issue.expected === 'object';
	const message = isObject ? 'must be an object' : issue.message;
	return [{ field: path.join('.').slice(0, 200) || what, message }];
}
