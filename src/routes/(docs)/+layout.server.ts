import { sitePages } from '../site-pages';
import type { LayoutServerLoad } from './$types';

/** The pages work without script; what theirs adds is a plain file. */
export const csr = false;
export const prerender = false;

export const load: LayoutServerLoad = ({ locals }) => sitePages(locals.context);
