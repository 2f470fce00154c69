import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

/**
 * The import list: imports point down it, never up, and never sideways within a line. A module is
 * a folder or file below src/lib/server; `routes` stands for everything that Kit loads.
 */
const server = [
	['routes'],
	['worker', 'demo'],
	['payer-page', 'api-cashier', 'api-charges', 'api-checkout'],
	['http'],
	['sessions'],
	['payments'],
	['routing'],
	['limits', 'instruments', 'rates', 'ledger', 'webhooks', 'providers'],
	['merchants', 'simulator'],
	['context'],
	['db'],
	['log', 'secrets', 'outgoing'],
	['config'],
	['errors'],
	['money', 'i18n']
];

const browser = [['checkout', 'demo-shop', 'reference'], ['embed'], ['ui'], ['i18n', 'money']];

/** Modules that only the named ones (and themselves) may import: their doors. */
const doors: Record<string, string[]> = {
	db: [
		'context',
		'merchants',
		'simulator',
		'limits',
		'instruments',
		'rates',
		'ledger',
		'webhooks',
		'routing',
		'payments',
		'sessions',
		'http',
		'worker',
		'demo'
	],
	providers: ['payments', 'routing'],
	simulator: [
		'routes/(simulator)',
		'providers',
		'worker',
		'demo',
		'routes/(demo)',
		'routes/(docs)'
	],
	'api-cashier': ['routes/(api-cashier)', 'worker'],
	'api-charges': ['routes/(api-charges)', 'worker'],
	'api-checkout': ['routes/(api-checkout)', 'worker']
};

/** Words of the list that browser code may take from below; all else of the server is closed. */
const shared = new Set(['money', 'i18n']);

const root = new URL('../src', import.meta.url).pathname;

interface Import {
	file: string;
	target: string;
}

test('imports point down the list', () => {
	const broken = imports().flatMap((one) => fault(one) ?? []);
	expect(broken).toEqual([]);
});

test('every module is a word of the list', () => {
	const words = new Set([...server, ...browser].flat());
	const modules = [
		...readdirSync(join(root, 'lib/server')),
		...readdirSync(join(root, 'lib')).filter((name) => name !== 'server')
	].map((name) => name.replace(/\.ts$/, ''));
	expect(modules.filter((name) => !words.has(name))).toEqual([]);
});

test('the check itself tells up, sideways and browser imports', () => {
	const at = (file: string, target: string) => fault({ file, target });
	expect(at('lib/server/payments/a.ts', 'lib/server/sessions/b.ts')).toBeDefined();
	expect(at('lib/server/payer-page/a.ts', 'lib/server/api-cashier/b.ts')).toBeDefined();
	expect(at('lib/checkout/a.ts', 'lib/server/errors.ts')).toBeDefined();
	expect(at('routes/(payer)/pay/+page.server.ts', 'lib/server/api-cashier/views.ts')).toBeDefined();
	expect(at('routes/x/+server.ts', 'lib/server/db/database.ts')).toBeDefined();
	expect(at('lib/server/sessions/a.ts', 'lib/server/payments/b.ts')).toBeUndefined();
});

/** A sentence with both files when an import is not allowed. */
function fault({ file, target }: Import): string | undefined {
	const from = moduleOf(file);
	const to = moduleOf(target);
	if (from.name === to.name && from.side === to.side) return undefined;
	const sentence = `${file} must not import ${target}`;
	if (from.side === 'browser') {
		if (to.side === 'server' && !shared.has(to.name)) return sentence;
		return lineOf(browser, to.name) > lineOf(browser, from.name) ? undefined : sentence;
	}
	if (to.side === 'browser') {
		return from.name === 'routes' || shared.has(to.name) ? undefined : sentence;
	}
	if (lineOf(server, to.name) <= lineOf(server, from.name)) return sentence;
	const allowed = doors[to.name];
	if (!allowed) return undefined;
	const open = allowed.some((name) => name === from.name || file.startsWith(`${name}/`));
	return open ? undefined : sentence;
}

function lineOf(list: string[][], name: string): number {
	const line = list.findIndex((names) => names.includes(name));
	if (line === -1) throw new Error(`${name} is not a word of the import list`);
	return line;
}

function moduleOf(file: string): { side: 'server' | 'browser'; name: string } {
	const [first = '', second = '', third = ''] = file.replace(/\.(svelte\.)?ts$/, '').split('/');
	if (first !== 'lib') return { side: 'server', name: 'routes' };
	if (second === 'server') return { side: 'server', name: third };
	return { side: shared.has(second) ? 'server' : 'browser', name: second };
}

/** Every import between files of src, as paths below it. Types count: they are knowledge too. */
function imports(): Import[] {
	return sourceFiles(root).flatMap((path) => {
		const file = relative(root, path);
		return Array.from(
			readFileSync(path, 'utf8').matchAll(
				/(?:from|import)\s*\(?\s*'((?:\$lib|\.{1,2})(?:\/[^']*)?)'/g
			),
			([, specifier = '']) => ({ file, target: resolveImport(path, specifier) })
		).filter(({ target }) => !target.includes('$types') && !target.startsWith('..'));
	});
}

function resolveImport(from: string, specifier: string): string {
	const path = specifier.startsWith('$lib')
		? specifier.replace('$lib', 'lib')
		: relative(root, normalize(join(dirname(from), specifier)));
	const candidates = [path, `${path}.ts`, `${path}.svelte.ts`, `${path}/index.ts`];
	const isFile = (name: string) =>
		existsSync(join(root, name)) && statSync(join(root, name)).isFile();
	return candidates.find(isFile) ?? path;
}

function sourceFiles(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return sourceFiles(path);
		return /\.(ts|svelte)$/.test(entry.name) ? [path] : [];
	});
}
