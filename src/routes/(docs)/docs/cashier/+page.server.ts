import { newId } from '$lib/server/context';
import { readDemoFile } from '$lib/server/demo/demo-file';
import { takeKey } from '../samples';
import type { PageServerLoad } from './$types';
import { calls } from './calls';

/** What stands in the samples where there is no demo merchant to take it from. */
const someNumber = 210;

/** Each reader gets samples with new ids, so that every one can be run as it stands. */
export const load: PageServerLoad = async ({ locals: { context } }) => {
	const { config, clock } = context;
	const keys = config.live ? undefined : await readDemoFile(config.dataDir);
	const now = clock.now();
	return {
		key: takeKey,
		calls: calls({
			origin: config.origin,
			newReference: () => newId(context),
			now,
			providerId: keys?.cashier.provider_id ?? someNumber,
			routingId: keys?.cashier.routing_id ?? someNumber,
			cardYear: String(new Date(now).getUTCFullYear() + 4)
		})
	};
};
