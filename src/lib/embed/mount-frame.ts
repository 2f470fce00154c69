import { followHeight, reservedHeightPx } from './follow-height';
import { greetFrame, makeNonce } from './greet-frame';
import {
	readFrameMessage,
	type Detail,
	type EventType,
	type MerchantMessage,
	type Theme
} from './messages';
import { textsFor } from './texts';

/** After this long without a handshake the payer is offered the page in a tab of its own. */
const handshakeWithinMs = 5000;

interface FrameSettings {
	/** The origin of our server, exactly. */
	origin: string;
	token: string;
	theme: Theme | null;
	locale: string | null;
	onEvent(type: EventType, detail: Detail): void;
	/** The payer pressed Escape in the frame. */
	onEscape(): void;
	/** Runs before the frame is told that its redirect was taken. */
	onRedirect(url: string): void;
}

export interface MountedFrame {
	/** What is said while no page listens is dropped: the handshake repeats theme and language. */
	setTheme(theme: Theme): void;
	/** Null, for what is no language, leaves the page in the one it has. */
	setLocale(locale: string | null): void;
	unmount(): void;
}

/**
 * Puts the payer's page into `root` and talks with it for as long as it is there. Each document
 * that loads in the frame (the form's answer, the result) is greeted anew.
 */
export function mountFrame(root: ShadowRoot, settings: FrameSettings): MountedFrame {
	const { origin } = settings;
	let { theme, locale } = settings;
	let port: MessagePort | null = null;
	let stopGreeting: () => void = () => undefined;
	let stopFollowing: (() => void) | null = null;
	let takeBackLink: () => void = () => undefined;

	const frame = createFrame(pageUrl(settings), locale);
	const offerTimer = setTimeout(() => {
		takeBackLink = offerLink(frame, createLink(frame.src, locale));
		settings.onEvent('error', { code: 'no_answer' });
	}, handshakeWithinMs);

	function tell(message: MerchantMessage): void {
		port?.postMessage(message);
	}

	function hear(event: MessageEvent): void {
		const message = readFrameMessage(event.data);
		if (!message || message.type === 'welcome') return;
		if (message.type === 'escape') settings.onEscape();
		else if (message.type !== 'redirect') settings.onEvent(message.type, message.detail);
		else {
			tell({ type: 'redirect-taken', id: message.id });
			settings.onRedirect(message.url);
		}
	}

	function connect(opened: MessagePort): void {
		clearTimeout(offerTimer);
		takeBackLink();
		if (port) showTop(frame);
		// Only now, so that the last words of the document before this one were still heard.
		port?.close();
		port = opened;
		port.onmessage = hear;
		if (theme) tell({ type: 'theme', theme });
		if (locale) tell({ type: 'locale', locale });
		stopFollowing ??= followHeight(frame);
	}

	function greet(): void {
		stopGreeting();
		if (frame.contentWindow) stopGreeting = greetFrame(frame.contentWindow, origin, connect);
	}

	frame.addEventListener('load', greet);
	root.append(frame);

	return {
		setTheme(value) {
			theme = value;
			tell({ type: 'theme', theme });
		},
		setLocale(value) {
			locale = value ?? locale;
			if (value) tell({ type: 'locale', locale: value });
		},
		unmount() {
			clearTimeout(offerTimer);
			frame.removeEventListener('load', greet);
			stopGreeting();
			port?.close();
			stopFollowing?.();
			takeBackLink();
			frame.remove();
		}
	};
}

/** Theme and language are in the query for the first paint alone; neither tells about the payer. */
function pageUrl({ origin, token, theme, locale }: FrameSettings): string {
	const url = new URL(`/pay/${token}`, origin);
	if (theme) url.searchParams.set('theme', theme);
	if (locale) url.searchParams.set('locale', locale);
	return url.href;
}

function createFrame(url: string, locale: string | null): HTMLIFrameElement {
	const frame = document.createElement('iframe');
	frame.id = `cashdesk-${makeNonce()}`;
	frame.title = textsFor(locale).title;
	// The clipboard is for the copy buttons of a transfer's instructions.
	frame.allow = 'payment; clipboard-write';
	frame.style.height = `${reservedHeightPx}px`;
	frame.src = url;
	return frame;
}

/**
 * A page begins at its top: who pressed a button at the end of a long form would otherwise look past
 * the shorter page that follows it.
 */
function showTop(frame: HTMLIFrameElement): void {
	if (frame.getBoundingClientRect().top < 0) frame.scrollIntoView({ block: 'start' });
}

/** In place of the frame: what a browser shows of a refused page says nothing to a payer. */
function offerLink(frame: HTMLIFrameElement, link: HTMLElement): () => void {
	frame.before(link);
	frame.hidden = true;
	return () => {
		link.remove();
		frame.hidden = false;
	};
}

function createLink(url: string, locale: string | null): HTMLElement {
	const texts = textsFor(locale);
	const link = document.createElement('a');
	link.href = url;
	link.target = '_blank';
	link.rel = 'noopener';
	link.textContent = texts.open;
	const paragraph = document.createElement('p');
	paragraph.lang = texts.lang;
	paragraph.dir = texts.dir;
	paragraph.append(`${texts.missing} `, link);
	return paragraph;
}
