import type { Context } from '$lib/server/context';
import type { Application } from './application';
import { applicationColumns, applicationOf } from './application-row';

/** An application by its id; undefined: there is none, or it was deleted. */
export async function findApplication(
	{ db }: Context,
	id: string
): Promise<Application | undefined> {
	const row = await db.read
		.selectFrom('applications as a')
		.innerJoin('merchants as m', 'm.id', 'a.merchant_id')
		.select(applicationColumns)
		.where('a.id', '=', id)
		.where('a.deleted_at', 'is', null)
		.executeTakeFirst();
	return row && applicationOf(row);
}
