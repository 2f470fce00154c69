import type { PageFacts } from './page-facts';

const firstWaitMs = 1000;
const longestWaitMs = 5000;
/** Between questions whether the merchant has heard how it ended. */
const heldWaitMs = 500;

/**
 * Loads the page anew once the server would show something else. A page whose outcome is on its way
 * asks all the time while it is seen, and one whose merchant is being told of the end even unseen;
 * others ask when the payer comes back to them.
 */
export function watchStatus({ path, statusPath, version, watch, opensInMs }: PageFacts): void {
	const isHeld = opensInMs !== null;
	const opensAt = Date.now() + (opensInMs ?? 0);
	let waitMs = firstWaitMs;
	let timer: ReturnType<typeof setTimeout> | undefined;

	async function look(): Promise<void> {
		clearTimeout(timer);
		if ((await versionNow(statusPath, version)) !== version) return location.replace(path);
		if (isHeld || (watch && !document.hidden)) lookLater();
	}

	function lookLater(): void {
		const leftMs = opensAt - Date.now();
		if (isHeld) timer = setTimeout(look, leftMs > 0 ? Math.min(heldWaitMs, leftMs) : heldWaitMs);
		else timer = setTimeout(look, waitMs);
		waitMs = Math.min(longestWaitMs, waitMs * 1.5);
	}

	document.addEventListener('visibilitychange', () => {
		waitMs = firstWaitMs;
		if (!document.hidden) void look();
	});
	if (watch || isHeld) lookLater();
}

/** No answer says nothing: it counts as no change. */
async function versionNow(path: string, before: string): Promise<string> {
	try {
		const signal = AbortSignal.timeout(longestWaitMs);
		const response = await fetch(path, { headers: { accept: 'application/json' }, signal });
		if (!response.ok) return before;
		const { version }: { version: string } = await response.json();
		return version;
	} catch {
		return before;
	}
}
