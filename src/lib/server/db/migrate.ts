import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { up as merchants } from './migrations/0001-merchants';
import { up as payments } from './migrations/0002-payments';
import { up as webhooks } from './migrations/0003-webhooks';
import { up as requests } from './migrations/0004-requests';
import { up as simulator } from './migrations/0005-simulator';
import { up as routing } from './migrations/0006-routing';
import { up as ledger } from './migrations/0007-ledger';
import { up as cashier } from './migrations/0008-cashier';
import { up as simulatorMethods } from './migrations/0009-simulator-methods';
import { up as clients } from './migrations/0010-clients';
import { up as whatCame } from './migrations/0011-what-came';
import type { Schema } from './schema';

/** In the order they run. A migration that was released is never edited: a new one follows it. */
const migrations = {
	'0001-merchants': { up: merchants },
	'0002-payments': { up: payments },
	'0003-webhooks': { up: webhooks },
	'0004-requests': { up: requests },
	'0005-simulator': { up: simulator },
	'0006-routing': { up: routing },
	'0007-ledger': { up: ledger },
	'0008-cashier': { up: cashier },
	'0009-simulator-methods': { up: simulatorMethods },
	'0010-clients': { up: clients },
	'0011-what-came': { up: whatCame }
};

/** Brings the schema up to date. Processes that start at once wait for each other. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error } = await migrator.migrateToLatest();
	if (error) throw error;
}
