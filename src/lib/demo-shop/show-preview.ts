import { highlight } from '$lib/ui/highlight';
import { readChoices } from './choices';
import { shopCall, showCall } from './shop-call';

/** Keeps the call that is shown beside the shop's form in step with the form. */
export function showPreview(): void {
	const form = document.querySelector<HTMLFormElement>('[data-order-form]');
	const code = document.getElementById('preview');
	if (!form || !code) return;
	const { origin } = location;
	const { reference = '', provider, routing } = form.dataset;
	const place = { reference, origin, providerId: Number(provider), routingId: Number(routing) };
	const show = () => {
		const call = shopCall(readChoices(new FormData(form)), place);
		code.replaceChildren(...highlight(showCall(origin, call)).map(nodeOf));
	};
	form.addEventListener('input', show);
	// A browser that comes back to the page fills in what was chosen before.
	window.addEventListener('pageshow', show);
}

function nodeOf({ kind, text }: { kind: string; text: string }): Node {
	if (kind === 'plain') return document.createTextNode(text);
	const span = document.createElement('span');
	span.className = kind;
	span.textContent = text;
	return span;
}
