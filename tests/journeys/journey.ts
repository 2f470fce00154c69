import { test as base, expect } from '@playwright/test';
import { startApp, type App } from '../app.ts';
import { openRecords, type Records } from './records.ts';
import { openShop, type Shop } from './shop.ts';
import { watchFaults, type Faults } from './watch-faults.ts';

interface OfTest {
	/** What went wrong on any page of the test; one that goes on at its end fails the test. */
	faults: Faults;
}

interface OfWorker {
	app: App;
	/** A merchant's site beside the demo's, at an origin of its own. */
	shop: Shop;
	records: Records;
}

/** A test with an app, its database and a merchant; one of each for all the tests of a worker. */
export const test = base.extend<OfTest, OfWorker>({
	app: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the needs from the pattern.
		async ({}, use) => {
			const app = await startApp({
				engine: 'sqlite',
				// All payers of a test run share one address.
				env: { CASHDESK_FORMS_PER_MINUTE: '1000000' }
			});
			await use(app);
			await app.stop();
		},
		{ scope: 'worker' }
	],
	records: [
		async ({ app }, use) => {
			const records = openRecords(app.dataDir);
			await use(records);
			records.close();
		},
		{ scope: 'worker' }
	],
	shop: [
		async ({ app, records }, use) => {
			const shop = await openShop(app);
			records.allowOrigin(shop.origin);
			records.limitVouchers();
			records.limitPayers();
			await use(shop);
			await shop.close();
		},
		// Before the first call of any test: who holds a key is remembered for a moment.
		{ scope: 'worker', auto: true }
	],
	faults: [
		async ({ context }, use) => {
			const faults = await watchFaults(context);
			await use(faults);
			expect(faults.seen()).toEqual([]);
		},
		{ auto: true }
	]
});

export { expect };
