import { testCards } from '$lib/server/simulator/rules';
import type { PageServerLoad } from './$types';
import { samples } from './samples';

export const load: PageServerLoad = ({ locals }) => ({
	cards: testCards.map(({ number, sentence }) => ({ number, sentence })),
	samples: samples(locals.context.config.origin)
});
