import type { PageFacts } from './page-facts';

const firstWaitMs = 1000;
const longestWaitMs = 5000;

/**
 * Loads the page anew once the server would show something else. A page whose outcome is on its way
 * asks all the time while it is seen; others ask when the payer comes back to them.
 */
export function watchStatus({ path, statusPath, version, watch }: PageFacts): void {
	let waitMs = firstWaitMs;
	let timer: ReturnType<typeof setTimeout> | undefined;

	async function look(): Promise<void> {
		clearTimeout(timer);
		if ((await versionNow(statusPath, version)) !== version) return location.replace(path);
		if (!watch || document.hidden) return;
		timer = setTimeout(look, waitMs);
		waitMs = Math.min(longestWaitMs, waitMs * 1.5);
	}

	document.addEventListener('visibilitychange', () => {
		waitMs = firstWaitMs;
		if (!document.hidden) void look();
	});
	if (watch) timer = setTimeout(look, waitMs);
}

/** No answer says nothing: it counts as no change. */
async function versionNow(path: string, before: string): Promise<string> {
	try {
		const response = await fetch(path, { headers: { accept: 'application/json' } });
		if (!response.ok) return before;
		const { version }: { version: string } = await response.json();
		return version;
	} catch {
		return before;
	}
}
