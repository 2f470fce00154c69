import type { BrowserContext } from '@playwright/test';

export interface Faults {
	/** Lets lines pass that a test brings about itself, such as those of an unknown address. */
	allow(pattern: RegExp): void;
	/** Errors in consoles, broken policies and thrown errors, but for what is allowed. */
	seen(): string[];
}

/** Collects what goes wrong on the pages of a context, its pop-ups and frames included. */
export async function watchFaults(context: BrowserContext): Promise<Faults> {
	const lines: string[] = [];
	const allowed: RegExp[] = [];
	context.on('console', (message) => {
		if (message.type() !== 'error') return;
		lines.push(`${message.text()} at ${message.location().url}`);
	});
	context.on('weberror', (error) => lines.push(`thrown: ${error.error().message}`));
	await context.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) => {
			console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
		});
	});
	return {
		allow: (pattern) => void allowed.push(pattern),
		seen: () => lines.filter((line) => !allowed.some((pattern) => pattern.test(line)))
	};
}
