import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const INSTALLED = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable'
];

/** How a headless Chromium is started here: as root, without a GPU, asking nobody outside. */
export const browserArgs = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run'
];

/** A Chromium on this machine: an installed one first, then Playwright's own. */
export function findBrowser(): string | undefined {
	const candidates = [process.env.CHROMIUM_PATH ?? '', ...INSTALLED, chromium.executablePath()];
	return candidates.find((path) => path !== '' && existsSync(path));
}

/** Installs one where none is there: Playwright's, else Debian's package. */
function installBrowser(): void {
	const attempts = [
		['npx', 'playwright', 'install', 'chromium'],
		['apt-get', 'update'],
		['apt-get', 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-core']
	];
	for (const [command = '', ...args] of attempts) {
		if (findBrowser()) return;
		try {
			execFileSync(command, args, { stdio: 'inherit', timeout: 300_000 });
		} catch {
			process.stderr.write(`${command} ${args.join(' ')} did not succeed\n`);
		}
	}
}

if (import.meta.main) {
	if (!findBrowser()) installBrowser();
	const path = findBrowser();
	process.stdout.write(path ? `Browser: ${path}\n` : 'No Chromium: name one in CHROMIUM_PATH\n');
	process.exit(path ? 0 : 1);
}
