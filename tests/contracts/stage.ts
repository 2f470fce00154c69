import { readConfig } from '../../src/lib/server/config';
import { openContext, type Context } from '../../src/lib/server/context';
import { startApp, type App, type AppEngine, type AppPlace } from '../app';
import { freePort } from '../postgres';
import { readDocument, type ApiDocument } from './document';

/** A server with the demo merchant, and its database from outside. */
export interface Stage {
	app: App;
	context: Context;
	readDocument(dialect: string): Promise<ApiDocument>;
	stop(): Promise<void>;
}

/** The limits of use are not what these suites are about. */
const unlimited = {
	CASHDESK_CALLS_PER_MINUTE: '999999999',
	CASHDESK_FORMS_PER_MINUTE: '999999999'
};

/** `beside`: the place of an app whose database is shared; this one is reached at another port. */
export async function openStage(
	engine: AppEngine,
	env: Record<string, string> = unlimited,
	beside?: AppPlace
): Promise<Stage> {
	const at = beside && { ...beside, port: await freePort() };
	const app = await startApp({ engine, env, at });
	const context = await openContext(
		readConfig({
			PORT: String(app.place.port),
			CASHDESK_DATA_DIR: app.dataDir,
			DATABASE_URL: app.place.databaseUrl
		})
	);
	return {
		app,
		context,
		async readDocument(dialect) {
			const response = await fetch(`${app.origin}/openapi/${dialect}.json`);
			if (response.status !== 200) throw new Error(await response.text());
			return readDocument(await response.text());
		},
		async stop() {
			await context.db.close();
			await app.stop();
		}
	};
}
