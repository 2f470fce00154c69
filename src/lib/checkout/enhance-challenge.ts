import type { PageFacts } from './page-facts';

const frameId = 'bank';

/**
 * Shows the bank's page in a frame over this one. Closing it asks whether to cancel; when the bank
 * sends the frame back to us, the page shows how things stand. The state is the server's alone.
 */
export function enhanceChallenge(facts: PageFacts): void {
	const dialog = document.getElementById('challenge');
	const question = document.getElementById('give-up');
	const place = document.getElementById('challenge-frame');
	const opener = document.getElementById('open-challenge');
	const close = document.getElementById('close-challenge');
	if (!(dialog instanceof HTMLDialogElement) || !(question instanceof HTMLDialogElement)) return;

	function open(): void {
		if (!(dialog instanceof HTMLDialogElement) || !place) return;
		if (!place.firstElementChild) place.append(createFrame(place.dataset, () => comeBack(dialog)));
		dialog.showModal();
		document.getElementById(frameId)?.focus();
	}

	function comeBack(shown: HTMLDialogElement): void {
		shown.close();
		location.replace(facts.path);
	}

	function ask(event: Event): void {
		event.preventDefault();
		if (question instanceof HTMLDialogElement && !question.open) question.showModal();
	}

	// Escape, pressed often enough, closes the bank's dialog under the question: who then chooses to
	// go on gets it back.
	const keep = question.querySelector('form[method=dialog]');
	keep?.addEventListener('submit', () => dialog.open || open());
	dialog.addEventListener('cancel', ask);
	close?.addEventListener('click', ask);
	opener?.addEventListener('click', (event) => {
		event.preventDefault();
		open();
	});
	open();
}

function createFrame(
	{ url = '', title = '' }: DOMStringMap,
	onBack: () => void
): HTMLIFrameElement {
	const frame = document.createElement('iframe');
	frame.id = frameId;
	frame.title = title;
	frame.allow = 'payment; publickey-credentials-get';
	frame.addEventListener('load', () => isOurs(frame) && onBack());
	frame.src = url;
	return frame;
}

/** Only a document of our own origin lets us look; the make-believe bank is one, yet no page. */
function isOurs(frame: HTMLIFrameElement): boolean {
	try {
		return frame.contentWindow?.location.pathname.startsWith('/pay/') ?? false;
	} catch {
		return false;
	}
}

/** Whether this document is the one the bank led back to within that frame. */
export function isInsideChallenge(): boolean {
	try {
		return window.frameElement?.id === frameId;
	} catch {
		return false;
	}
}
