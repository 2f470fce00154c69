import type { IFrameObject } from 'iframe-resizer';

/**
 * CSS pixels, from the first paint on and never less: room for a bank's 390 × 400 challenge in its
 * dialog.
 */
export const reservedHeightPx = 480;
/** CSS pixels. Longer than any page of ours; a page that misbehaves can't stretch the merchant's. */
const highestPx = 20_000;

/**
 * Lets a frame follow its content's height. iframe-resizer takes messages that claim to come from
 * the frame without asking which window sent them, so every other thing a message could ask for
 * (scrolling, closing, passing on a word) is refused here.
 *
 * The frame must have an id of its own and our address as `src`, whose origin is the only one that
 * is spoken and listened to. Returns a function that ends it and removes the frame.
 */
export function followHeight(frame: HTMLIFrameElement): () => void {
	let ended = false;
	// Part of the same file, evaluated late: it listens to the window as soon as it is evaluated,
	// which a second copy of the script, or a page that shows no payment, has no use for.
	void import('iframe-resizer/js/iframeResizer').then(({ default: resize }) => {
		if (ended) return;
		resize(
			{
				checkOrigin: true,
				minHeight: reservedHeightPx,
				maxHeight: highestPx,
				warningTimeout: 0,
				onClose: () => ended,
				onScroll: () => false,
				onMessage: () => undefined
			},
			frame
		);
	});
	return () => {
		ended = true;
		const resizer: IFrameObject | undefined = Reflect.get(frame, 'iFrameResizer');
		resizer?.close();
	};
}
