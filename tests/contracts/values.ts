import fc from 'fast-check';
import type { ApiDocument, Schema } from './document';

/** Values for fields marked `x-fresh`, by their mark. */
export type Fresh = Record<string, fc.Arbitrary<unknown>>;

/** A value that is right, and now and then one that is not. */
export function mostly(right: string, wrong: string): fc.Arbitrary<string> {
	return fc.oneof(
		{ weight: 19, arbitrary: fc.constant(right) },
		{ weight: 1, arbitrary: fc.constant(wrong) }
	);
}

/** Strings that programs stumble over. */
const odd = [
	'',
	' ',
	'\0',
	'\u202e',
	'💳',
	'\ud800',
	'__proto__',
	'constructor',
	'١٠',
	'%00',
	"'--"
];

/** Values that a schema allows, mostly the ones that its examples show. */
export function valueOf(
	document: ApiDocument,
	schema: Schema,
	fresh: Fresh
): fc.Arbitrary<unknown> {
	const whole = document.resolve(schema);
	const mark = whole['x-fresh'];
	if (mark !== undefined) {
		const values = fresh[mark];
		if (!values) throw new Error(`Nobody has said what ${mark} is`);
		return values;
	}
	if (whole.examples?.length) {
		return fc.oneof(
			{ weight: 49, arbitrary: fc.constantFrom(...whole.examples) },
			{ weight: 1, arbitrary: anyOf(document, whole, fresh) }
		);
	}
	return anyOf(document, whole, fresh);
}

function anyOf(document: ApiDocument, schema: Schema, fresh: Fresh): fc.Arbitrary<unknown> {
	if (schema.const !== undefined) return fc.constant(schema.const);
	if (schema.enum) return fc.constantFrom(...schema.enum);
	const branches = schema.anyOf ?? schema.oneOf;
	if (branches) return fc.oneof(...branches.map((branch) => valueOf(document, branch, fresh)));
	const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
	if (types.length === 0) return fc.jsonValue({ maxDepth: 2 });
	return fc.oneof(...types.map((type) => ofType(document, schema, { type, fresh })));
}

function ofType(
	document: ApiDocument,
	schema: Schema,
	{ type, fresh }: { type: string; fresh: Fresh }
): fc.Arbitrary<unknown> {
	switch (type) {
		case 'object':
			return objectOf(document, schema, fresh);
		case 'array':
			return fc.array(valueOf(document, schema.items ?? {}, fresh), {
				minLength: schema.minItems ?? 0,
				maxLength: Math.min(schema.maxItems ?? 4, 4)
			});
		case 'string':
			return stringOf(schema);
		case 'integer':
			return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 1e9, 2e9) });
		case 'number':
			return fc.oneof(
				fc.integer({ min: 1, max: 5000 }).map((cents) => cents / 100),
				fc.double({ min: schema.exclusiveMinimum ?? -1, minExcluded: true, max: 1e16, noNaN: true })
			);
		case 'boolean':
			return fc.boolean();
		case 'null':
			return fc.constant(null);
		default:
			throw new Error(`Nobody has said what a ${type} is`);
	}
}

function objectOf(document: ApiDocument, schema: Schema, fresh: Fresh): fc.Arbitrary<object> {
	const { properties = {}, additionalProperties: others, required = [] } = schema;
	const fields = Object.fromEntries(
		Object.entries(properties).map(([name, inner]) => [name, valueOf(document, inner, fresh)])
	);
	const known = fc.record(fields, { requiredKeys: required });
	if (typeof others !== 'object') return known;
	const names = stringOf(schema.propertyNames ?? { maxLength: 10 });
	const more = fc.dictionary(names, valueOf(document, others, fresh), { maxKeys: 3 });
	return fc.tuple(known, more).map(([one, other]) => ({ ...other, ...one }));
}

const formats: Record<string, fc.Arbitrary<string>> = {
	email: fc.emailAddress(),
	ipv4: fc.ipV4(),
	ipv6: fc.ipV6(),
	uuid: fc.uuid(),
	uri: fc.webUrl(),
	'date-time': fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
};

function stringOf({
	format,
	pattern,
	minLength = 0,
	maxLength = 60
}: Schema): fc.Arbitrary<string> {
	const known = format === undefined ? undefined : formats[format];
	if (known) return known;
	if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
	const max = Math.min(maxLength, 60);
	return fc.oneof(
		{
			weight: 8,
			arbitrary: fc.string({ unit: 'grapheme-ascii', minLength, maxLength: max })
		},
		{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: max }) },
		{ weight: 1, arbitrary: fc.constant('x'.repeat(Math.min(maxLength, 5000))) }
	);
}

/** What takes the place of a value to spoil it. */
export const strange: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom<unknown>(...odd),
	fc.constantFrom<unknown>(null, true, false, 0, -1, 0.1, 1e300, 2 ** 53, [], {}, [[]], [null]),
	fc.constantFrom('1e3', '10.050', '-1', 'x'.repeat(5000), 'javascript:alert(1)', 'http://[::1]/'),
	fc.string({ unit: 'binary', maxLength: 20 }),
	fc.jsonValue({ maxDepth: 3 }),
	fc.constantFrom(20, 40, 400).map((depth) => nested(depth))
);

function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
	return value;
}
