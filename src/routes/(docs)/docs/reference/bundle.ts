import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Script } from '$lib/server/payer-page/scripts';

/** The library that shows the reference, as its package ships it; from the project's folder. */
const file = 'node_modules/@scalar/api-reference/dist/browser/standalone.js';
/** As good as needed: the best would take ten seconds for these megabytes. */
const QUALITY = 5;

let bundle: Promise<Script> | undefined;

/** Reads and compresses the library when it is first asked for, off the main thread. */
export function readBundle(): Promise<Script> {
	bundle ??= compress();
	return bundle;
}

async function compress(): Promise<Script> {
	const plain = await readFile(file);
	const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12);
	const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
	const [brotli, zipped] = await Promise.all([
		promisify(brotliCompress)(plain, { params }),
		promisify(gzip)(plain)
	]);
	return { name: `scalar-${hash}.js`, plain, brotli, gzip: zipped };
}
