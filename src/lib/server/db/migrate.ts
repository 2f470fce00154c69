import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as cardDeposit from './migrations/0001-card-deposit';
import type { Schema } from './schema';

/** In the order they run. A migration that was released is never edited: a new one follows it. */
const migrations = { '0001-card-deposit': cardDeposit };

/** Brings the schema up to date. Processes that start at once wait for each other. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error } = await migrator.migrateToLatest();
	if (error) throw error;
}
