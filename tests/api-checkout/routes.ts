import { globSync, readFileSync } from 'node:fs';

const root = new URL('../../src/routes/', import.meta.url).pathname;

/**
 * What the app itself answers in a route group, as `GET /api/payment/[id]`: read from the files
 * that make its addresses. Addresses that refuse everything have no method.
 */
export function routesOf(group: string): string[] {
	const files = globSync(`${group}/**/+server.ts`, { cwd: root }).sort();
	return files.flatMap((file) => {
		const path = file.slice(group.length, -'/+server.ts'.length);
		const exported = readFileSync(root + file, 'utf8').matchAll(
			/export (?:const|function|async function) (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/g
		);
		return Array.from(exported, ([, method]) => `${method} ${path}`);
	});
}
