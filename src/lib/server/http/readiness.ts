import type { Context } from '$lib/server/context';

/** Whether the database answers a question. */
export async function isReady({ db }: Context): Promise<boolean> {
	try {
		await db.read.selectFrom('merchants').select('id').limit(1).execute();
		return true;
	} catch {
		return false;
	}
}
