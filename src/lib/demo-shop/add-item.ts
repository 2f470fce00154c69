/**
 * Puts a filled copy of the template `{name}-item` on top of the list `{name}s` and takes away the
 * words that stand where there is none. Fields are written as text, never as HTML. `news` is for
 * ears, which do not want the whole item.
 */
export function addItem(
	name: 'event' | 'webhook',
	fields: Record<string, string>,
	news: string
): void {
	const list = document.getElementById(`${name}s`);
	const template = document.getElementById(`${name}-item`);
	if (!list || !(template instanceof HTMLTemplateElement)) return;
	const item = document.importNode(template.content, true);
	for (const [field, text] of Object.entries(fields)) {
		const place = item.querySelector(`[data-field='${field}']`);
		if (place) place.textContent = text;
	}
	list.prepend(item);
	document.querySelector(`[data-none='${name}s']`)?.toggleAttribute('hidden', true);
	const status = document.getElementById('news');
	if (status) status.textContent = news;
}
