/**
 * Starts the API reference: the library, which is loaded next, shows the document that the page names.
 * Nothing is asked of any other origin: no fonts, no proxy, no telemetry, no client or agent of the
 * library's makers.
 */

interface Library {
	createApiReference(place: Element, configuration: object): unknown;
}

declare global {
	interface Window {
		Scalar?: Library;
	}
}

// Zod, which the library reads its settings by, would try whether it may make code from text. It
// may not, by the page's policy, and need not.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

document.addEventListener('DOMContentLoaded', () => {
	const place = document.querySelector<HTMLElement>('#reference');
	if (!place) return;
	window.Scalar?.createApiReference(place, {
		url: place.dataset.document,
		theme: 'none',
		withDefaultFonts: false,
		hideDarkModeToggle: true,
		hideClientButton: true,
		showDeveloperTools: 'never',
		telemetry: false,
		agent: { disabled: true },
		mcp: { disabled: true }
	});
});

export {};
