import { highlight } from '$lib/ui/highlight';
import { readChoices } from './choices';
import { showPlan, type OrderPlace } from './shop-call';

/** Keeps the call that is shown beside the shop's form in step with the form. */
export function showPreview(): void {
	const form = document.querySelector<HTMLFormElement>('[data-order-form]');
	const code = document.getElementById('preview');
	if (!form || !code) return;
	const told = JSON.parse(form.dataset.place ?? '{}') as OrderPlace;
	const place = { ...told, origin: location.origin };
	const show = () => {
		const plan = showPlan(readChoices(new FormData(form)), place);
		code.replaceChildren(...highlight(plan).map(nodeOf));
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
