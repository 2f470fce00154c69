import { createEventMemory } from './event-memory';
import { reservedHeightPx } from './follow-height';
import { readLocale, readTheme, type Detail, type EventType } from './messages';
import { mountFrame, type MountedFrame } from './mount-frame';

/**
 * The styles of the element. A constructed sheet, since a merchant's policy may forbid inline
 * styles; the merchant's own rules for `cash-desk` win over those for the host.
 */
const styles = `
:host { display: block; min-block-size: ${reservedHeightPx}px; }
:host([hidden]) { display: none; }
iframe { display: block; inline-size: 100%; border: 0; }
iframe[hidden] { display: none; }
p { margin: 0; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
`;

/** Fired by the element, for our own dialog around it: it neither bubbles nor leaves shadow trees. */
export const escapeEvent = 'cashdesk:escape';

/**
 * Defines `<cash-desk token theme locale>`, which shows the page of one session of the server at
 * `origin`. It fires `cashdesk:…` events, which bubble and leave shadow trees:
 *
 * - `ready` once for each frame: again when the element was taken out and put back, or got another
 *   token, but not for each step of the payment in it;
 * - `change`, `pending`, `success`, `failure`, `cancel` once for each time a transaction enters a
 *   state, also when its page is loaded again or the element is moved;
 * - `redirect` when the payer shall leave for `detail.url`; unless prevented, the browser does;
 * - `error` with `detail.code`, `no_answer` and `invalid_token` among them.
 */
export function defineElement(name: string, origin: string): void {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(styles);

	class CashDesk extends HTMLElement {
		static observedAttributes = ['token', 'theme', 'locale'];
		#root: ShadowRoot;
		#frame: MountedFrame | null = null;
		#memory = createEventMemory();
		/** Attributes are announced before the element is connected, even if it is in the page. */
		#connected = false;

		constructor() {
			super();
			this.#root = this.attachShadow({ mode: 'open' });
			this.#root.adoptedStyleSheets = [sheet];
		}

		connectedCallback(): void {
			this.#connected = true;
			this.#mount();
		}

		disconnectedCallback(): void {
			this.#connected = false;
			this.#unmount();
		}

		attributeChangedCallback(attribute: string, before: string | null, now: string | null): void {
			if (before === now) return;
			if (attribute === 'token') this.#memory = createEventMemory();
			if (!this.#connected) return;
			if (attribute === 'theme') this.#frame?.setTheme(readTheme(now) ?? 'auto');
			if (attribute === 'locale') this.#frame?.setLocale(readLocale(now));
			if (attribute !== 'token') return;
			this.#unmount();
			this.#mount();
		}

		#mount(): void {
			const token = this.getAttribute('token');
			if (!token || this.#frame) return;
			if (!/^[\w-]{1,200}$/.test(token)) return this.#onEvent('error', { code: 'invalid_token' });
			this.#memory.forgetReady();
			this.#frame = mountFrame(this.#root, {
				origin,
				token,
				theme: readTheme(this.getAttribute('theme')),
				locale: readLocale(this.getAttribute('locale')),
				onEvent: (type, detail) => this.#onEvent(type, detail),
				onEscape: () => this.dispatchEvent(new Event(escapeEvent)),
				onRedirect: (url) => {
					if (fire(this, 'redirect', { url })) leaveFor(url);
				}
			});
		}

		#unmount(): void {
			this.#frame?.unmount();
			this.#frame = null;
		}

		#onEvent(type: EventType, detail: Detail): void {
			if (this.#memory.isNews(type, detail)) fire(this, type, detail);
		}
	}

	customElements.define(name, CashDesk);
}

/** False when a listener prevented it, which only a redirect allows. */
function fire(
	element: HTMLElement,
	type: EventType | 'redirect',
	detail: Detail | { url: string }
): boolean {
	const cancelable = type === 'redirect';
	const options = { bubbles: true, composed: true, cancelable, detail };
	return element.dispatchEvent(new CustomEvent(`cashdesk:${type}`, options));
}

/** Banks refuse to be framed, so the topmost page goes; where that is forbidden, this one does. */
function leaveFor(url: string): void {
	try {
		(window.top ?? window).location.href = url;
	} catch {
		window.location.assign(url);
	}
}
