import { execFileSync } from 'node:child_process';

/** A call as a line for a terminal makes it. */
export interface ShellCall {
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	body: string | undefined;
}

/**
 * Reads lines as the shell of a terminal does, in a folder, and returns the call that `curl` would
 * make. The words are the shell's own; what `curl` does with them is known here, so that a machine
 * without it can run the test.
 */
export function readShell(lines: string, folder: string): ShellCall {
	const script = `curl() { printf '%s\\0' "$@"; }\n${lines}`;
	const env = { PATH: process.env.PATH };
	const printed = execFileSync('/bin/sh', ['-ec', script], { encoding: 'utf8', cwd: folder, env });
	const words = printed.split('\0').slice(0, -1);
	const call: ShellCall = { method: 'GET', url: '', headers: {}, body: undefined };
	for (let at = 0; at < words.length; at++) {
		const word = words[at] ?? '';
		if (word === '-H') {
			const [name = '', value = ''] = (words[++at] ?? '').split(': ');
			call.headers[name] = value;
		} else if (word === '-d') {
			call.method = 'POST';
			call.body = words[++at];
		} else if (/^https?:/.test(word)) call.url = word;
		else throw new Error(`Nobody has said what curl does with ${word}`);
	}
	return call;
}

const curl = new URL('curl.ts', import.meta.url).pathname;

/** Runs lines as the shell of a terminal does, pipes and all, and returns what they print. */
export function runShell(lines: string, folder: string): string {
	const script = `curl() { "$NODE" "$CURL" "$@"; }\n${lines}`;
	const env = { PATH: process.env.PATH, NODE: process.execPath, CURL: curl };
	return execFileSync('/bin/sh', ['-ec', script], { encoding: 'utf8', cwd: folder, env });
}

/** Makes the call. */
export async function run({ url, ...call }: ShellCall): Promise<{ status: number; json: unknown }> {
	const response = await fetch(url, call);
	return { status: response.status, json: await response.json() };
}

/** The code of a page's blocks, by the id that each has. */
export function codeIn(html: string): Record<string, string> {
	const blocks = html.matchAll(/<code id="([^"]+)"[^>]*>([^]*?)<\/code>/g);
	return Object.fromEntries(Array.from(blocks, ([, id = '', inner = '']) => [id, textOf(inner)]));
}

function textOf(html: string): string {
	return html
		.replace(/<[^>]*>/g, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&');
}
