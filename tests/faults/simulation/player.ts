import { playSeeds, type SeedRange } from './play-seeds.ts';
import { openStage } from './stage.ts';

/** What a process of its own is asked to play; see play.ts. */
export interface Order extends SeedRange {
	/** The PostgreSQL database to play on; left out: one in memory. */
	url?: string;
}

// Whoever asked has gone: nobody waits for the rest.
process.once('disconnect', () => process.exit());

process.once('message', async ({ url, ...range }: Order) => {
	const stage = await openStage(url);
	const report = await playSeeds(stage, range);
	await stage.close();
	process.send?.(report, () => process.disconnect());
});
