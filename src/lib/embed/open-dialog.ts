import { escapeEvent } from './define-element';
import { textsFor } from './texts';
import type { Detail, Theme } from './messages';

export interface DialogOptions {
	token: string;
	theme?: Theme;
	locale?: string;
	/** Gets every `cashdesk:…` event of this dialog, `redirect` included, which it may prevent. */
	onevent?: (event: CustomEvent) => void;
}

/** The last outcome heard before the dialog closed. What counts is the webhook, never this. */
interface DialogOutcome {
	type: 'pending' | 'success' | 'failure' | 'cancel';
	detail: Detail;
}

export interface DialogHandle {
	/** In the page while the dialog is open; the `cashdesk:…` events can be listened to on it. */
	element: HTMLElement;
	/** Resolves when it was closed, by whomever; null when nothing had come out yet. */
	closed: Promise<DialogOutcome | null>;
	close(): void;
}

const eventNames = ['ready', 'change', 'redirect', 'error'];
const outcomes = ['pending', 'success', 'failure', 'cancel'] as const;

const styles = `
dialog {
	box-sizing: border-box; inline-size: min(100%, 30rem); max-inline-size: none;
	max-block-size: 100dvh; padding: 0; overflow: auto; border: 0; border-radius: 0.75rem;
	background: Canvas; color: CanvasText;
}
dialog::backdrop { background: rgb(0 0 0 / 0.5); }
button {
	display: block; margin-inline-start: auto; min-inline-size: 3rem; min-block-size: 3rem;
	border: 0; background: none; color: inherit; font: 1.5rem/1 system-ui, sans-serif;
	cursor: pointer;
}
button:focus-visible { outline: 0.1875rem solid Highlight; outline-offset: -0.25rem; }
@media (max-width: 30rem) {
	dialog { block-size: 100dvh; inline-size: 100%; margin: 0; border-radius: 0; }
}
`;

/**
 * Shows a session's page in a dialog over the merchant's page, in a shadow tree so that neither
 * page's styles reach the other. It is closed by its button, by Escape or by the handle; a click
 * beside it does nothing, since that would throw away what the payer has typed.
 */
export function openDialog(options: DialogOptions, elementName: string): DialogHandle {
	const { host, dialog } = createDialog(options, elementName);
	let outcome: DialogOutcome | null = null;

	for (const type of outcomes) {
		host.addEventListener(`cashdesk:${type}`, (event) => {
			if (event instanceof CustomEvent) outcome = { type, detail: event.detail };
		});
	}
	for (const type of [...eventNames, ...outcomes]) {
		host.addEventListener(`cashdesk:${type}`, (event) => {
			if (event instanceof CustomEvent) options.onevent?.(event);
		});
	}
	const closed = new Promise<DialogOutcome | null>((resolve) => {
		dialog.addEventListener('close', () => {
			host.remove();
			resolve(outcome);
		});
	});

	document.body.append(host);
	dialog.showModal();
	return { element: host, closed, close: () => dialog.close() };
}

function createDialog(
	options: DialogOptions,
	elementName: string
): { host: HTMLElement; dialog: HTMLDialogElement } {
	const texts = textsFor(options.locale ?? null);

	const close = document.createElement('button');
	close.type = 'button';
	close.textContent = '×';
	close.ariaLabel = texts.close;

	const element = document.createElement(elementName);
	if (options.theme) element.setAttribute('theme', options.theme);
	if (options.locale) element.setAttribute('locale', options.locale);
	element.setAttribute('token', options.token);

	const dialog = document.createElement('dialog');
	dialog.lang = texts.lang;
	dialog.dir = texts.dir;
	dialog.ariaLabel = texts.title;
	dialog.append(close, element);
	close.addEventListener('click', () => dialog.close());
	element.addEventListener(escapeEvent, () => dialog.close());

	const sheet = new CSSStyleSheet();
	sheet.replaceSync(styles);
	const host = document.createElement('div');
	const root = host.attachShadow({ mode: 'open' });
	root.adoptedStyleSheets = [sheet];
	root.append(dialog);
	return { host, dialog };
}
