import { readFrameMessage, type Hello } from './messages';

/**
 * A script is normally there when its page has loaded; these waits are for one that is late. They
 * are few, since a browser writes a line to the console for each hello that meets a foreign page.
 */
const waitsMs = [100, 200, 400, 800, 1600, 3200];

/**
 * Says hello to the document that has just loaded in a frame, until it answers or the waits are
 * used up. The browser delivers a hello to exactly `origin` or to nobody. Every port offered stays
 * open until one is answered, so that no early word of the frame is lost.
 *
 * Returns a function that gives up; it does nothing to a port that was handed over.
 */
export function greetFrame(
	frame: Window,
	origin: string,
	onWelcome: (port: MessagePort) => void
): () => void {
	const hello: Hello = { cashdesk: 1, type: 'hello', nonce: makeNonce() };
	const offered = new Set<MessagePort>();
	const waits = waitsMs.values();
	let timer: ReturnType<typeof setTimeout> | undefined;

	function giveUp(): void {
		clearTimeout(timer);
		for (const port of offered) port.close();
		offered.clear();
	}

	function sayHello(): void {
		const { port1, port2 } = new MessageChannel();
		offered.add(port1);
		port1.onmessage = (event) => {
			const message = readFrameMessage(event.data);
			if (message?.type !== 'welcome' || message.nonce !== hello.nonce) return;
			offered.delete(port1);
			giveUp();
			onWelcome(port1);
		};
		frame.postMessage(hello, origin, [port2]);
		const wait = waits.next();
		if (!wait.done) timer = setTimeout(sayHello, wait.value);
	}

	sayHello();
	return giveUp;
}

/** `crypto.randomUUID` would need a secure context, which a merchant's test page may lack. */
export function makeNonce(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
