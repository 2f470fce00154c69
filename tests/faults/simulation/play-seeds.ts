import { runSchedule } from './schedule.ts';
import type { Stage } from './stage.ts';

export interface SeedRange {
	from: number;
	count: number;
	/** Whether queries overlap, as they do on PostgreSQL. */
	concurrent: boolean;
	/** Schedules with faults after which to stop. */
	mostFailures: number;
}

interface Failure {
	seed: number;
	faults: string[];
}

/** What came of a number of schedules. */
export interface Report {
	schedules: number;
	steps: number;
	/** What happened, and how often. */
	counts: Record<string, number>;
	failures: Failure[];
	/** One a schedule: the same seed gives the same. */
	traces: string[];
}

export async function playSeeds(stage: Stage, range: SeedRange): Promise<Report> {
	const report = emptyReport();
	for (let seed = range.from; seed < range.from + range.count; seed++) {
		const { faults, counts, steps, trace } = await runSchedule(stage, seed, range);
		addTo(report, {
			schedules: 1,
			steps,
			counts: Object.fromEntries(counts),
			failures: faults.length > 0 ? [{ seed, faults }] : [],
			traces: [trace]
		});
		if (report.failures.length >= range.mostFailures) break;
	}
	return report;
}

export function emptyReport(): Report {
	return { schedules: 0, steps: 0, counts: {}, failures: [], traces: [] };
}

/** Adds what another came to. */
export function addTo(
	report: Report,
	{ schedules, steps, counts, failures, traces }: Report
): void {
	report.schedules += schedules;
	report.steps += steps;
	for (const [what, times] of Object.entries(counts)) {
		report.counts[what] = (report.counts[what] ?? 0) + times;
	}
	report.failures.push(...failures);
	report.traces.push(...traces);
}
