/**
 * What the merchant's page and the payer's page in its frame say to each other.
 *
 * The merchant's page posts a `hello` with a port to the frame, naming our origin exactly; the frame
 * takes the first one that comes from its parent and from an origin on its list, and answers
 * `welcome` over the port. From then on everything travels over that port. Each side reads what it
 * gets with the functions below, which let nothing through but the fields named here.
 */

/** Ids and a status, in the words of the Cashier API. Nothing a payer typed is ever in it. */
export interface Detail {
	transaction_id?: string;
	/** The merchant's own reference. */
	tracking_id?: string;
	status?: string;
	/** What went wrong, on `error` only. */
	code?: string;
}

const eventTypes = ['ready', 'change', 'pending', 'success', 'failure', 'cancel', 'error'] as const;

/** Becomes the DOM event `cashdesk:{type}` on the merchant's page. */
export type EventType = (typeof eventTypes)[number];

const themes = ['light', 'dark', 'auto'] as const;

export type Theme = (typeof themes)[number];

/** The first word, the only one posted to a window; it brings a port along. */
export interface Hello {
	cashdesk: 1;
	type: 'hello';
	/** Fresh for each document in the frame; its `welcome` repeats it. */
	nonce: string;
}

/** From the frame to the merchant's page. */
export type FrameMessage =
	| { type: 'welcome'; nonce: string }
	| { type: EventType; detail: Detail }
	/** The payer pressed Escape, and nothing in the frame had a use for it. */
	| { type: 'escape' }
	| { type: 'redirect'; id: number; url: string };

/** From the merchant's page to the frame. */
export type MerchantMessage =
	| { type: 'theme'; theme: Theme }
	| { type: 'locale'; locale: string }
	| { type: 'redirect-taken'; id: number };

const longestText = 200;
const longestUrl = 4000;

export function readHello(data: unknown): Hello | null {
	if (!isRecord(data) || data.cashdesk !== 1 || data.type !== 'hello') return null;
	return isText(data.nonce) ? { cashdesk: 1, type: 'hello', nonce: data.nonce } : null;
}

export function readFrameMessage(data: unknown): FrameMessage | null {
	if (!isRecord(data)) return null;
	if (data.type === 'welcome') {
		return isText(data.nonce) ? { type: 'welcome', nonce: data.nonce } : null;
	}
	if (data.type === 'redirect') {
		const url = readWebUrl(data.url);
		return isId(data.id) && url !== null ? { type: 'redirect', id: data.id, url } : null;
	}
	if (data.type === 'escape') return { type: 'escape' };
	const type = eventTypes.find((name) => name === data.type);
	return type ? { type, detail: readDetail(data.detail) } : null;
}

export function readMerchantMessage(data: unknown): MerchantMessage | null {
	if (!isRecord(data)) return null;
	if (data.type === 'theme') {
		const theme = readTheme(data.theme);
		return theme && { type: 'theme', theme };
	}
	if (data.type === 'locale') {
		const locale = readLocale(data.locale);
		return locale === null ? null : { type: 'locale', locale };
	}
	if (data.type === 'redirect-taken' && isId(data.id)) {
		return { type: 'redirect-taken', id: data.id };
	}
	return null;
}

/** Keeps the known fields that are short texts and drops all else, so that no other data leaks. */
export function readDetail(data: unknown): Detail {
	const detail: Detail = {};
	if (!isRecord(data)) return detail;
	for (const name of ['transaction_id', 'tracking_id', 'status', 'code'] as const) {
		const value = data[name];
		if (isText(value)) detail[name] = value;
	}
	return detail;
}

export function readTheme(value: unknown): Theme | null {
	return themes.find((theme) => theme === value) ?? null;
}

/** A language tag by its form only (BCP 47); whether we speak it is the page's business. */
export function readLocale(value: unknown): string | null {
	return isText(value) && /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(value) ? value : null;
}

/** A web address, or null: a `javascript:` address would run on the page that follows it. */
export function readWebUrl(value: unknown): string | null {
	if (typeof value !== 'string' || value.length > longestUrl) return null;
	return /^https?:\/\/[^/]/i.test(value) && URL.canParse(value) ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && value.length <= longestText;
}

function isId(value: unknown): value is number {
	return Number.isSafeInteger(value);
}
