/** The script merchants load, `/embed/v1.js`: one element, and one function for a dialog. */
import { defineElement } from './define-element';
import { openDialog, type DialogHandle, type DialogOptions } from './open-dialog';

declare global {
	interface Window {
		Cashdesk?: { open(options: DialogOptions): DialogHandle };
	}
}

const elementName = 'cash-desk';

/** The origin this script came from: the one server it talks about and the only one it talks to. */
function ownOrigin(): string | null {
	const script = document.currentScript ?? document.querySelector('script[src*="/embed/v1.js"]');
	return script instanceof HTMLScriptElement && script.src ? new URL(script.src).origin : null;
}

const origin = ownOrigin();

// A page may load the script twice: the first copy stays in charge.
if (origin && !customElements.get(elementName)) {
	defineElement(elementName, origin);
	window.Cashdesk = { open: (options) => openDialog(options, elementName) };
}
