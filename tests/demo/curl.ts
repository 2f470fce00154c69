/**
 * Stands in for curl where the tests run the lines of the documentation: a machine without it can
 * run them too. What it does not know, it refuses.
 */
const headers: Record<string, string> = {};
let url = '';
let body: string | undefined;
let method: string | undefined;

const words = process.argv.slice(2);
for (let at = 0; at < words.length; at++) {
	const word = words[at] ?? '';
	if (word === '-H') {
		const [name = '', value = ''] = (words[++at] ?? '').split(': ');
		headers[name] = value;
	} else if (word === '-d') body = words[++at];
	else if (word === '-X') method = words[++at];
	else if (/^https?:/.test(word)) url = word;
	else if (word !== '-s') throw new Error(`Nobody has said what curl does with ${word}`);
}

method ??= body === undefined ? 'GET' : 'POST';
const response = await fetch(url, { method, headers, body });
process.stdout.write(await response.text());

export {};
