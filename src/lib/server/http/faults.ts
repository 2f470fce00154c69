import type { z } from 'zod';
import { BusinessError, type FieldError } from '$lib/server/errors';
import { hideCardNumbers } from '$lib/server/log/hide-card-numbers';

/** More than anybody mends at once; a body may hold thousands of unknown keys. */
const MAX_FAULTS = 100;
/** Characters of a name that are said again. */
const MAX_NAME = 100;

/** The refusal of a body: of each field the first rule that it breaks. */
export function invalid(faults: readonly FieldError[]): BusinessError {
	const first = new Map<string, FieldError>();
	for (const fault of faults) if (!first.has(fault.field)) first.set(fault.field, fault);
	const fields = [...first.values()]
		.slice(0, MAX_FAULTS)
		// A name that the caller made up may be a card number that slipped into the wrong place.
		.map(({ field, message }) => ({ field: hideCardNumbers(field), message }));
	return new BusinessError('invalid', 'The request has faulty fields', { fields });
}

/**
 * What zod found, as paths and rules. An unknown key is named itself, not the object it lies in;
 * `whole` stands for a body that is none.
 */
export function faultsOf({ issues }: z.ZodError, whole = 'request'): FieldError[] {
	return issues.flatMap((issue) => faultOf(issue, whole));
}

function faultOf(issue: z.core.$ZodIssue, whole: string): FieldError | FieldError[] {
	// A caller may make up names of any length.
	const path = issue.path.map((step) => String(step).slice(0, MAX_NAME));
	const field = path.join('.');
	if (issue.code === 'unrecognized_keys') {
		return issue.keys
			.slice(0, MAX_FAULTS)
			.map((key) => [...path, key.slice(0, MAX_NAME)].join('.'))
			.map((name) => ({ field: name, message: 'is not known' }));
	}
	// Zod tells a wrong type of a field that should be an object, or is not there, in words of its own.
	const message =
		issue.code === 'invalid_type' && issue.expected === 'object'
			? 'must be an object'
			: issue.message;
	return { field: field || whole, message };
}
