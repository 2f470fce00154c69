import { defineConfig } from '@playwright/test';
import { browserArgs, findBrowser } from './tests/browser.ts';

export default defineConfig({
	testDir: 'tests/journeys',
	fullyParallel: true,
	workers: 2,
	forbidOnly: true,
	retries: 0,
	timeout: 60_000,
	reporter: [['list']],
	use: {
		browserName: 'chromium',
		launchOptions: { executablePath: findBrowser(), args: browserArgs },
		actionTimeout: 10_000,
		trace: 'off'
	}
});
