import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A built script, kept in memory in every form it is sent in. */
export interface Script {
	/** File name with the hash of its content: a name never means two contents. */
	name: string;
	plain: Buffer;
	brotli: Buffer;
	gzip: Buffer;
}

/** Where the script builds of vite.config.ts leave their files, from the project's folder. */
const folder = 'build/scripts';
/** The same names as in vite.config.ts. */
const manifests = {
	page: 'page.json',
	embed: 'embed.json',
	demo: 'demo.json',
	reference: 'reference.json'
};

const read = new Map<string, Script>();

/** The address of the payer's page's script, or null before it is built: pages work without it. */
export function pageScript(): { path: string } | null {
	return addressOf(manifests.page);
}

/** The address of the script of the demo and the documentation, or null before it is built. */
export function demoScript(): { path: string } | null {
	return addressOf(manifests.demo);
}

/** The address of the script that starts the API reference, or null before it is built. */
export function referenceScript(): { path: string } | null {
	return addressOf(manifests.reference);
}

/** What `/embed/v1.js` serves, or null before it is built. */
export function embedScript(): Script | null {
	return readScript(manifests.embed);
}

/** A script by its hashed file name. Names come from manifests alone, so no path leads elsewhere. */
export function findScript(name: string): Script | null {
	for (const manifest of Object.values(manifests)) {
		const script = readScript(manifest);
		if (script?.name === name) return script;
	}
	return null;
}

/**
 * Answers a request for a script in the smallest encoding the browser takes, or 304 when it has it.
 * `headers` say how long it may be kept and who may use it.
 */
export function sendScript(
	script: Script,
	request: Request,
	headers: Record<string, string>
): Response {
	// Weak: it names the content, which is the same under each encoding.
	const etag = `W/"${script.name}"`;
	const all = { ...headers, etag, vary: 'accept-encoding' };
	const known = request.headers.get('if-none-match')?.split(',') ?? [];
	if (known.some((tag) => tag.trim() === etag))
		return new Response(null, { status: 304, headers: all });

	const [encoding, body] = encode(script, request.headers.get('accept-encoding') ?? '');
	return new Response(new Uint8Array(body), {
		headers: {
			...all,
			...(encoding && { 'content-encoding': encoding }),
			'content-length': String(body.length),
			'content-type': 'text/javascript; charset=utf-8',
			'x-content-type-options': 'nosniff'
		}
	});
}

function addressOf(manifest: string): { path: string } | null {
	const script = readScript(manifest);
	return script && { path: `/assets/${script.name}` };
}

function encode(script: Script, accepted: string): [encoding: string | null, body: Buffer] {
	const names = accepted
		.split(',')
		.map((part) => part.toLowerCase().replaceAll(/\s/g, ''))
		.filter((part) => !/;q=0(\.0*)?$/.test(part))
		.map((part) => part.replace(/;.*$/, ''));
	if (names.includes('br')) return ['br', script.brotli];
	if (names.includes('gzip')) return ['gzip', script.gzip];
	return [null, script.plain];
}

function readScript(manifest: string): Script | null {
	const kept = read.get(manifest);
	if (kept) return kept;
	const name = readName(join(folder, manifest));
	if (name === null) return null;
	const plain = readFileSync(join(folder, name));
	const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
	const brotli = brotliCompressSync(plain, { params });
	const script = { name, plain, brotli, gzip: gzipSync(plain, { level: 9 }) };
	read.set(manifest, script);
	return script;
}

/** The one entry of a manifest that Vite wrote. */
function readName(path: string): string | null {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch {
		return null;
	}
	const chunks: Record<string, { file: string; isEntry?: boolean }> = JSON.parse(text);
	return Object.values(chunks).find((chunk) => chunk.isEntry)?.file ?? null;
}
