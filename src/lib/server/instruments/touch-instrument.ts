import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';

/** Notes that a saved card was used now. One that was removed meanwhile stays removed. */
export async function touchInstrument(context: Context, tx: Tx, id: string): Promise<void> {
	await tx
		.updateTable('instruments')
		.set({ last_used_at: context.clock.now() })
		.where('id', '=', id)
		.where('removed_at', 'is', null)
		.execute();
}
