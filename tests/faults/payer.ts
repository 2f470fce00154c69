/** What a payer types. */
export type TypedCard = Record<'number' | 'expiry' | 'code' | 'name', string>;

/** A page as a browser without script sees it. */
export interface Page {
	status: number;
	/** Where redirects have led to. */
	url: string;
	html: string;
}

export interface Form {
	action: string;
	/** The hidden fields, filled in by the server. */
	hidden: Record<string, string>;
}

/** Longer than a provider's time limit, which a form's answer may take. */
const PATIENCE_MS = 30_000;

/** Follows a link. */
export async function visit(url: string): Promise<Page> {
	const response = await fetch(url, {
		headers: { accept: 'text/html' },
		signal: AbortSignal.timeout(PATIENCE_MS)
	});
	return { status: response.status, url: response.url, html: await response.text() };
}

/** Sends a form as a browser does, and goes where the answer leads. */
export async function submit(
	page: Pick<Page, 'url'>,
	form: Form,
	fields: Record<string, string> = {}
): Promise<Page> {
	const target = new URL(form.action, page.url);
	const response = await fetch(target, {
		method: 'POST',
		redirect: 'manual',
		headers: {
			accept: 'text/html',
			origin: new URL(page.url).origin,
			'content-type': 'application/x-www-form-urlencoded'
		},
		body: new URLSearchParams({ ...form.hidden, ...fields }).toString(),
		signal: AbortSignal.timeout(PATIENCE_MS)
	});
	const html = await response.text();
	const location = response.headers.get('location');
	if (response.status !== 303 || location === null) {
		return { status: response.status, url: target.href, html };
	}
	return visit(new URL(location, target).href);
}

/** The form of the page with that id, or the first one with that field; undefined: there is none. */
export function findForm(
	{ html }: Page,
	wanted: { id?: string; field?: string }
): Form | undefined {
	for (const [, attributes = '', content = ''] of html.matchAll(/<form([^>]*)>([^]*?)<\/form>/g)) {
		const isWanted = wanted.id
			? attributeOf(attributes, 'id') === wanted.id
			: content.includes(`name="${wanted.field}"`);
		if (isWanted)
			return { action: attributeOf(attributes, 'action') ?? '', hidden: hiddenIn(content) };
	}
	return undefined;
}

/** The first link to an address that matches. */
export function findLink({ html }: Page, pattern: RegExp): string | undefined {
	return Array.from(html.matchAll(/<a\s([^>]*)>/g), ([, attributes = '']) =>
		attributeOf(attributes, 'href')
	).find((href) => href !== undefined && pattern.test(href));
}

function hiddenIn(content: string): Record<string, string> {
	const inputs = Array.from(content.matchAll(/<input\s([^>]*)>/g), ([, input = '']) => input);
	return Object.fromEntries(
		inputs
			.filter((input) => attributeOf(input, 'type') === 'hidden')
			.map((input) => [attributeOf(input, 'name') ?? '', attributeOf(input, 'value') ?? ''])
	);
}

function attributeOf(attributes: string, name: string): string | undefined {
	const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
	return value
		?.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}
