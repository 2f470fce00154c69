import {
	readDetail,
	readHello,
	readMerchantMessage,
	readWebUrl,
	type Detail,
	type EventType,
	type FrameMessage,
	type Theme
} from './messages';

/** How long a redirect waits for the merchant's page before the payer's page does it itself. */
const answerWithinMs = 2000;
/** The same while nobody has said hello yet, as in a plain `<iframe>` without our script. */
const helloWithinMs = 1000;
/** More than a page ever has to say; a page nobody listens to must not pile up messages. */
const longestQueue = 20;

/** The payer's page's side of the conversation. Without a merchant's page around it, all idle. */
export interface MerchantChannel {
	/** Tells the merchant's page; said before the handshake, it is kept until then. */
	send(type: EventType, detail?: Detail): void;
	/**
	 * Asks the merchant's page to leave for `url` (http or https, absolute).
	 * True: nobody took it, the caller has to navigate (in a frame with `_top`). False: the
	 * merchant's page navigates, or has prevented it; the caller does nothing.
	 */
	requestRedirect(url: string): Promise<boolean>;
	onTheme(callback: (theme: Theme) => void): void;
	onLocale(callback: (locale: string) => void): void;
}

const idle: MerchantChannel = {
	send: () => undefined,
	requestRedirect: () => Promise.resolve(true),
	onTheme: () => undefined,
	onLocale: () => undefined
};

/**
 * Waits for the hello of the page that frames this one. `origins` are all that may: the
 * application's list and our own origin, as the server rendered them; no other is ever answered.
 * One hello is taken a document, so nobody can step in between later.
 */
export function connectToMerchant({ origins }: { origins: readonly string[] }): MerchantChannel {
	if (window.parent === window) return idle;

	let port: MessagePort | null = null;
	let lastId = 0;
	const queue: FrameMessage[] = [];
	const redirects = new Map<number, () => void>();
	let themeChanged: (theme: Theme) => void = () => undefined;
	let localeChanged: (locale: string) => void = () => undefined;

	function post(message: FrameMessage): void {
		if (port) port.postMessage(message);
		else if (queue.length < longestQueue) queue.push(message);
	}

	function hear(event: MessageEvent): void {
		const message = readMerchantMessage(event.data);
		if (message?.type === 'theme') themeChanged(message.theme);
		if (message?.type === 'locale') localeChanged(message.locale);
		if (message?.type === 'redirect-taken') redirects.get(message.id)?.();
	}

	function hearHello(event: MessageEvent): void {
		if (event.source !== window.parent || !origins.includes(event.origin)) return;
		const hello = readHello(event.data);
		const [offered] = event.ports;
		if (!hello || !offered) return;
		window.removeEventListener('message', hearHello);
		port = offered;
		port.onmessage = hear;
		post({ type: 'welcome', nonce: hello.nonce });
		for (const message of queue.splice(0)) post(message);
		tellHeight(event.origin);
	}

	function requestRedirect(url: string): Promise<boolean> {
		if (readWebUrl(url) === null) return Promise.resolve(true);
		const message: FrameMessage = { type: 'redirect', id: ++lastId, url };
		return new Promise((resolve) => {
			const settle = (callerNavigates: boolean) => {
				clearTimeout(timer);
				redirects.delete(message.id);
				// A hello that comes after all must not redirect a second time.
				if (queue.includes(message)) queue.splice(queue.indexOf(message), 1);
				resolve(callerNavigates);
			};
			const timer = setTimeout(settle, port ? answerWithinMs : helloWithinMs, true);
			redirects.set(message.id, () => settle(false));
			post(message);
		});
	}

	// Keys pressed in a frame never reach the page around it, whose dialog they should close.
	window.addEventListener('keydown', (event) => {
		if (port && isFreeEscape(event)) post({ type: 'escape' });
	});
	window.addEventListener('message', hearHello);
	return {
		send: (type, detail) => post({ type, detail: readDetail(detail) }),
		requestRedirect,
		onTheme: (callback) => void (themeChanged = callback),
		onLocale: (callback) => void (localeChanged = callback)
	};
}

/** Escape ends what is being typed in some scripts, and closes a dialog of this page first. */
function isFreeEscape({ key, isComposing, defaultPrevented }: KeyboardEvent): boolean {
	const isEscape = key === 'Escape' && !isComposing && !defaultPrevented;
	return isEscape && !document.querySelector('dialog[open]');
}

/**
 * Starts iframe-resizer's child. It obeys any window that speaks its language, so the words of all
 * but the merchant's page are stopped before they reach it, and it answers that origin only.
 */
function tellHeight(merchantOrigin: string): void {
	const guard = (event: MessageEvent) => {
		if (typeof event.data !== 'string' || !event.data.startsWith('[iFrameSizer]')) return;
		if (event.origin === merchantOrigin && event.source === window.parent) return;
		event.stopImmediatePropagation();
	};
	window.addEventListener('message', guard, true);
	window.iFrameResizer = { targetOrigin: merchantOrigin };
	// Part of the same file: imported late because it starts to listen as soon as it is evaluated.
	void import('iframe-resizer/js/iframeResizer.contentWindow');
}
