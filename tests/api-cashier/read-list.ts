import { request, type IncomingMessage } from 'node:http';
import type { App } from '../app';

/** What is looked at of an item of the list. */
export interface ListedItem {
	transaction_id: string;
	gateway_transaction_id: string | null;
	transaction_date: string;
	status: string;
}

/** Days as the list takes them, counted from today in UTC. */
export interface Days {
	from: number;
	to: number;
}

/** Asks for the list; resolves with the answer once its head is there, before anything is read. */
export function askForList({ origin, demo }: App, { from, to }: Days): Promise<IncomingMessage> {
	const url = `${origin}/api/v1/transactions?from=${dayOf(from)}&to=${dayOf(to)}`;
	const headers = { 'x-api-key': demo.cashier.api_key, 'accept-encoding': 'gzip, br' };
	return new Promise((resolve, reject) => {
		request(url, { headers, agent: false }, resolve).on('error', reject).end();
	});
}

function dayOf(offset: number): string {
	const date = new Date(Date.now() + offset * 86_400_000).toISOString();
	return `${date.slice(8, 10)}-${date.slice(5, 7)}-${date.slice(0, 4)}`;
}

const OPENING = '[';
const CLOSING = ']';

/** The items as they come; throws where the text is not one JSON array of flat objects. */
export async function* readItems(answer: AsyncIterable<Buffer>): AsyncGenerator<ListedItem> {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let expected: typeof OPENING | typeof CLOSING | 'end' = OPENING;
	let text = '';
	for await (const chunk of answer) {
		text += decoder.decode(chunk, { stream: true });
		let at = 0;
		if (expected === OPENING && text !== '') {
			if (text[at++] !== OPENING) throw new Error(`No array: ${text.slice(0, 100)}`);
			expected = CLOSING;
		}
		for (let end = endOfObject(text, at); end !== -1; end = endOfObject(text, at)) {
			yield JSON.parse(text.slice(at, end)) as ListedItem;
			// Behind an object comes a comma, which an array of JSON does not end with, or the end.
			if (text[end] === CLOSING) expected = 'end';
			else if (text[end] !== ',') throw new Error(`Neither comma nor end: ${text.slice(end, 100)}`);
			at = end + 1;
		}
		text = text.slice(at);
	}
	const isEmpty = expected === CLOSING && text === CLOSING;
	if (!isEmpty && (expected !== 'end' || text !== '')) throw new Error(`Cut off at ${text}`);
}

/** Where an object that begins here ends and something follows; -1 if that has not come yet. */
function endOfObject(text: string, from: number): number {
	let isQuoted = false;
	for (let at = from; at < text.length - 1; at++) {
		const letter = text[at];
		if (letter === '\\') at++;
		else if (letter === '"') isQuoted = !isQuoted;
		else if (letter === '}' && !isQuoted) return at + 1;
	}
	return -1;
}
