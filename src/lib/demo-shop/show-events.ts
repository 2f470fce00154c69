import { addItem } from './add-item';
import { timeOf } from './shown-webhook';

const names = ['ready', 'change', 'pending', 'success', 'failure', 'cancel', 'redirect', 'error'];
const MOST_KEPT = 50;

interface Heard {
	name: string;
	detail: string;
	at: number;
}

/**
 * Lists what the payment element of this order tells, in this page or in a dialog. The list outlives
 * the page, so that it is still there when the payer comes back; there is nothing secret in it.
 */
export function showEvents(): void {
	const reference = document.querySelector<HTMLElement>('[data-order]')?.dataset.order;
	if (!reference) return;
	const key = `cashdesk-demo:${reference}`;
	const heard = readKept(key);
	heard.forEach(show);

	const hear = (event: Event) => {
		if (!(event instanceof CustomEvent)) return;
		const one = { name: event.type, detail: JSON.stringify(event.detail), at: Date.now() };
		heard.push(one);
		keep(key, heard.slice(-MOST_KEPT));
		show(one);
	};
	const element = document.querySelector('cash-desk');
	for (const name of names) element?.addEventListener(`cashdesk:${name}`, hear);
	startDialog(hear);
}

/** The button that opens the payment page in a dialog by the script's own function. */
function startDialog(onevent: (event: CustomEvent) => void): void {
	const button = document.querySelector<HTMLButtonElement>('[data-open-token]');
	const token = button?.dataset.openToken;
	if (!button || !token) return;
	button.hidden = false;
	button.addEventListener('click', () => window.Cashdesk?.open({ token, onevent }));
}

function show({ name, detail, at }: Heard): void {
	addItem('event', { name, detail, time: timeOf(at) }, `Event ${name}`);
}

function readKept(key: string): Heard[] {
	try {
		return JSON.parse(sessionStorage.getItem(key) ?? '[]') as Heard[];
	} catch {
		return [];
	}
}

function keep(key: string, heard: Heard[]): void {
	try {
		sessionStorage.setItem(key, JSON.stringify(heard));
	} catch {
		// Full or forbidden: the list ends with this page.
	}
}
