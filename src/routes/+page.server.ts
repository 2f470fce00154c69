import type { PageServerLoad } from './$types';
import { sitePages } from './site-pages';

export const csr = false;
export const prerender = false;

export const load: PageServerLoad = ({ locals }) => sitePages(locals.context);
