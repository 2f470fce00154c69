import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { acquirerJobs, appJobs } from './jobs';

/** What only forgets: nothing that is compared depends on it. */
const leftOut = [
	'forget old answers',
	'forget old counts',
	'forget old limits',
	'forget old tokens'
];

test('every job of the worker is played', () => {
	const worker = new URL('../../../src/lib/server/worker/start-worker.ts', import.meta.url);
	const names = readFileSync(worker, 'utf8').matchAll(/\bname: '([^']+)'/g);
	const jobs = [...names].map(([, name = '']) => name);
	const played = [...appJobs, ...acquirerJobs].map(({ name }) => name);
	expect(jobs.length).toBeGreaterThan(5);
	expect(jobs.filter((name) => !leftOut.includes(name)).sort()).toEqual(played.sort());
});
