import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as merchants from './migrations/0001-merchants';
import * as payments from './migrations/0002-payments';
import * as webhooks from './migrations/0003-webhooks';
import * as requests from './migrations/0004-requests';
import * as simulator from './migrations/0005-simulator';
import type { Schema } from './schema';

/** In the order they run. A migration that was released is never edited: a new one follows it. */
const migrations = {
	'0001-merchants': merchants,
	'0002-payments': payments,
	'0003-webhooks': webhooks,
	'0004-requests': requests,
	'0005-simulator': simulator
};

/** Brings the schema up to date. Processes that start at once wait for each other. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error } = await migrator.migrateToLatest();
	if (error) throw error;
}
