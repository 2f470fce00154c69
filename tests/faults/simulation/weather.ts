import type { Random } from '../random.ts';

/** How bad things are in one schedule. Shares are in a thousand. */
export interface Weather {
	/** Of each call of the Context: the process dies there. */
	crash: number;
	/** Of each call of the database: it cannot be reached. */
	databaseDown: number;
	/** Of each write: it was done, and the answer is lost. */
	commitLost: number;
	/** Of each transaction: its work runs again after a conflict. */
	runsAgain: number;
	/** Of each step: it takes its time. */
	slow: number;
	/** Of each message on any line: lost on the way there. */
	requestLost: number;
	/** The answer is lost on the way back. */
	replyLost: number;
	/** It arrives twice. */
	twice: number;
	/** Nobody listens there, and the sender learns it at once. */
	refused: number;
	/** The answer comes as something that nobody can read. */
	garbled: number;
	/** The line is slow: seconds to minutes, so that messages overtake each other. */
	lineSlow: number;
	/** Of each webhook: the merchant's server answers with a refusal. */
	webhookRefused: number;
	/** Processes at a time. */
	processes: number;
	/** How far a process's clock may be off, in milliseconds. */
	skewMs: number;
	/** Picks after which it clears up. */
	steps: number;
}

export const calm: Weather = {
	crash: 0,
	databaseDown: 0,
	commitLost: 0,
	runsAgain: 0,
	slow: 0,
	requestLost: 0,
	replyLost: 0,
	twice: 0,
	refused: 0,
	garbled: 0,
	lineSlow: 0,
	webhookRefused: 0,
	processes: 1,
	skewMs: 0,
	steps: 0
};

/** Each kind of fault is absent, rare or frequent by itself, so that none hides another for good. */
export function drawWeather(random: Random, leastProcesses: number): Weather {
	const level = (rare: number, frequent: number) =>
		random.pick([
			[3, 0],
			[4, rare],
			[3, frequent]
		] as const);
	return {
		crash: level(4, 15),
		databaseDown: level(2, 10),
		commitLost: level(4, 20),
		runsAgain: level(20, 100),
		slow: level(20, 100),
		requestLost: level(40, 200),
		replyLost: level(40, 200),
		twice: level(40, 200),
		refused: level(40, 200),
		garbled: level(40, 150),
		lineSlow: level(60, 300),
		webhookRefused: level(100, 500),
		processes: leastProcesses + random.whole(3),
		skewMs: level(200, 3_000),
		steps: 100 + random.whole(400)
	};
}
