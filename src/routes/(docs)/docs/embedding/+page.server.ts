import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { context } }) => ({
	origin: context.config.origin
});
