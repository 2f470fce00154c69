import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { addTo, emptyReport, type Report } from './play-seeds.ts';
import type { Order } from './player.ts';

export interface Play {
	from: number;
	count: number;
	url?: string;
	/** Where the simulation lies; another than this in a copy with a bug. */
	home?: URL;
	mostFailures?: number;
	/** Processes at once; as many as there are processors when left out. */
	players?: number;
}

/** Plays schedules in processes of plain Node, which share the seeds among them. */
export async function play(wanted: Play): Promise<Report> {
	const { from, count, url, home = new URL('.', import.meta.url), mostFailures = 5 } = wanted;
	const players = Math.min(wanted.players ?? availableParallelism(), count);
	const share = Math.ceil(count / players);
	const reports = await Promise.all(
		Array.from({ length: players }, (_, index) => {
			const start = from + index * share;
			const range = { from: start, count: Math.min(share, from + count - start) };
			return playIn(home, { ...range, url, concurrent: url !== undefined, mostFailures });
		})
	);
	const sum = emptyReport();
	for (const report of reports) addTo(sum, report);
	return sum;
}

function playIn(home: URL, order: Order): Promise<Report> {
	const child = fork(new URL('player.ts', home), {
		execArgv: ['--import', new URL('resolve.ts', home).href]
	});
	child.send(order);
	return new Promise((resolve, reject) => {
		child.once('message', (report) => resolve(report as Report));
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`A player ended with ${code} and no report`)));
	});
}

/** One fault brings others along; a replay shows them all. */
const MOST_SHOWN = 8;

/** A line for people, and one for each schedule with faults. */
export function summarize({ schedules, steps, failures }: Report, tookMs: number): string {
	const perSchedule = (tookMs / Math.max(schedules, 1)).toFixed(1);
	const head = `${schedules} schedules, ${steps} steps, ${failures.length} with faults`;
	const lines = failures.map(({ seed, faults }) => {
		const shown = [...new Set(faults)].slice(0, MOST_SHOWN).map((fault) => `\n  ${fault}`);
		return `seed ${seed}, ${faults.length} faults:${shown.join('')}`;
	});
	const took = `${Math.round(tookMs / 1000)} s, ${perSchedule} ms each`;
	return [`${head}, ${took}`, ...lines].join('\n');
}
