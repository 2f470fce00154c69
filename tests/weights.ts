/**
 * Weighs the built scripts as they go over the wire and fails when one is over its budget.
 * The last step of `npm run build`: a page that got heavy doesn't ship.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const folder = 'build/scripts';

const budgets = [
	{ script: 'page', manifest: 'page.json', mostBytes: 12 * 1024 },
	{ script: 'embed', manifest: 'embed.json', mostBytes: 10 * 1024 }
];

function weigh(manifest: string): { file: string; bytes: number } {
	const chunks: Record<string, { file: string; isEntry?: boolean }> = JSON.parse(
		readFileSync(join(folder, manifest), 'utf8')
	);
	const files = Object.values(chunks);
	const [only] = files;
	if (!only?.isEntry || files.length > 1) throw new Error(`${manifest}: not one file`);
	const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
	const bytes = brotliCompressSync(readFileSync(join(folder, only.file)), { params }).length;
	return { file: only.file, bytes };
}

const rows = budgets.map(({ script, manifest, mostBytes }) => {
	const { file, bytes } = weigh(manifest);
	return { script, file, 'bytes (brotli)': bytes, 'at most': mostBytes, fits: bytes <= mostBytes };
});

console.table(rows);
if (rows.some((row) => !row.fits)) {
	console.error('A script is over its budget.');
	process.exitCode = 1;
}
