import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeApi as describeCashier } from '$lib/server/api-cashier/openapi';
import { describeApi as describeCharges } from '$lib/server/api-charges/openapi';
import { describeApi as describeCheckout } from '$lib/server/api-checkout/openapi';
import { serveDocument, writeDocument } from '$lib/server/http/openapi';
import { readDocument, type Schema } from './document';

const documents = {
	cashier: describeCashier,
	charges: describeCharges,
	checkout: describeCheckout
};

describe.each(Object.entries(documents))('the document of %s', (dialect, describeApi) => {
	const { text } = writeDocument(describeApi());
	const document = readDocument(text);

	test('names every address that its routes have, with every method, and no other', () => {
		const told = document.operations.map(({ method, path }) => `${method} ${path}`);
		expect(told.toSorted()).toEqual(routesOf(dialect).toSorted());
	});

	test('has examples that are as it says', () => {
		const wrong = schemasIn(JSON.parse(text)).flatMap((schema) =>
			(schema.examples ?? []).flatMap((example) => {
				const fault = document.faultOf(schema, example);
				return fault ? [`${JSON.stringify(example)}: ${fault}`] : [];
			})
		);
		expect(wrong).toEqual([]);
	});

	test('says of each thing what it is', () => {
		const nameless = schemasIn(JSON.parse(text)).flatMap(({ properties = {} }) =>
			Object.entries(properties)
				.filter(([, schema]) => Object.keys(document.resolve(schema)).length === 0)
				.map(([name]) => name)
		);
		expect(nameless).toEqual([]);
	});

	test('says in words of each marked field that it needs a value of one’s own', () => {
		const parameters = document.operations.flatMap((operation) => operation.parameters);
		const marked = [
			...schemasIn(JSON.parse(text)).filter((schema) => 'x-fresh' in schema),
			...parameters.filter(({ schema }) => 'x-fresh' in schema)
		];
		expect(marked.length).toBeGreaterThan(2);
		const end = /(^|\. )Needs a value of your own\.$/;
		expect(marked.filter(({ description = '' }) => !end.test(description))).toEqual([]);
	});

	test('is known by its tag to who has it', async () => {
		const get = serveDocument(describeApi);
		const ask = (headers: Record<string, string> = {}) =>
			get({ request: new Request('http://localhost/', { headers }) });
		const first = ask();
		expect(await first.text()).toBe(text);
		const known = ask({ 'if-none-match': `"other", ${first.headers.get('etag')}` });
		expect([known.status, await known.text()]).toEqual([304, '']);
		expect(ask({ 'if-none-match': '"other"' }).status).toBe(200);
	});

	test('has no two operations of one name', () => {
		const ids = document.operations.map(({ operationId }) => operationId);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

/** What SvelteKit serves for an API, but its document, its pages and what it refuses. */
function routesOf(dialect: string): string[] {
	const root = new URL(`../../src/routes/(api-${dialect})/`, import.meta.url);
	const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
	return files
		.filter((file) => file.endsWith('+server.ts') && !/^openapi\/|\[\.\.\./.test(file))
		.flatMap((file) => {
			const path = `/${file.replace(/\/\+server\.ts$/, '')}`.replaceAll(/\[(\w+)\]/g, '{$1}');
			const source = readFileSync(new URL(file, root), 'utf8');
			const methods = source.matchAll(/export (?:const|\{[^}]* as) (GET|POST|PUT|DELETE)\b/g);
			return Array.from(methods, ([, method]) => `${method} ${path}`);
		});
}

/** Every schema in a document that says something of what it describes. */
function schemasIn(value: unknown): Schema[] {
	if (typeof value !== 'object' || value === null) return [];
	const inner = Object.values(value).flatMap(schemasIn);
	const isSchema = 'type' in value || 'anyOf' in value || '$ref' in value;
	return isSchema && !('in' in value) ? [value as Schema, ...inner] : inner;
}
