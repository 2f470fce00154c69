import { stepOf } from './page-step';
import type { Scene } from './scene';

/** Changes whenever the page would show something else: what a waiting page compares. */
export function versionOf({
	session,
	payment,
	now,
	barrier
}: Pick<Scene, 'session' | 'payment' | 'now' | 'barrier'>): string {
	const version = `${payment.version}-${stepOf(session, payment, now)}`;
	return barrier.opensInMs === null ? version : `${version}-held`;
}
