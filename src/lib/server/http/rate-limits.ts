import type { Context } from '$lib/server/context';
import { BusinessError } from '$lib/server/errors';

const WINDOW_MS = 60_000;
/** Counts are shared with the other processes, and kept over a restart, this often. */
const FLUSH_MS = 1000;

interface Counter {
	/** What all processes had counted at the last flush. */
	shared: number;
	/** Counted here since. */
	own: number;
	flushedAt: number;
}

/** The counters of one minute: a new one begins with an empty map, and the old goes whole. */
interface Minute {
	window: number;
	counters: Map<string, Counter>;
}

const minutes = new WeakMap<Context['db'], Minute>();

/** Counts a call of an API key; throws `rate_limited` past the configured calls a minute. */
export function limitCaller(context: Context, keyId: string): Promise<void> {
	return count(context, `key:${keyId}`, context.config.callsPerMinute);
}

/** Counts a form that an address posted to a payer's page. */
export function limitAddress(context: Context, address: string): Promise<void> {
	return count(context, `address:${networkOf(address)}`, context.config.formsPerMinute);
}

/** Counts a call for an access token, which may be a guess of a secret, from an address. */
export function limitTokenCalls(context: Context, address: string): Promise<void> {
	return count(context, `token:${networkOf(address)}`, context.config.formsPerMinute);
}

/** An IPv6 address counts with its /64, which is what one subscriber is given. */
function networkOf(address: string): string {
	return address.includes(':') && !address.includes('.')
		? address.split(':').slice(0, 4).join(':')
		: address;
}

async function count(context: Context, subject: string, limit: number): Promise<void> {
	const now = context.clock.now();
	const window = Math.floor(now / WINDOW_MS);
	const counter = counterOf(context, subject, window);
	counter.own++;
	if (now - counter.flushedAt >= FLUSH_MS) await flush(context, { subject, window, counter, now });
	if (counter.shared + counter.own <= limit) return;
	const retryAfterSeconds = Math.ceil(((window + 1) * WINDOW_MS - now) / 1000);
	throw new BusinessError('rate_limited', `More than ${limit} requests a minute`, {
		retryAfterSeconds
	});
}

function counterOf({ db }: Context, subject: string, window: number): Counter {
	let minute = minutes.get(db);
	if (minute?.window !== window) minutes.set(db, (minute = { window, counters: new Map() }));
	let counter = minute.counters.get(subject);
	if (!counter) minute.counters.set(subject, (counter = { shared: 0, own: 0, flushedAt: 0 }));
	return counter;
}

interface Flush {
	subject: string;
	window: number;
	counter: Counter;
	now: number;
}

async function flush({ db }: Context, { subject, window, counter, now }: Flush): Promise<void> {
	const { own } = counter;
	counter.flushedAt = now;
	counter.own = 0;
	const row = await db.inTransaction((tx) =>
		tx
			.insertInto('rate_counts')
			.values({ subject, minute: window, count: own })
			.onConflict((conflict) =>
				conflict
					.columns(['subject', 'minute'])
					.doUpdateSet(({ ref, eb }) => ({ count: eb(ref('rate_counts.count'), '+', own) }))
			)
			.returning('count')
			.executeTakeFirstOrThrow()
	);
	counter.shared = row.count;
}

/** Forgets the counts of past minutes. Returns how many. */
export async function purgeRateCounts({ db, clock }: Context): Promise<number> {
	const minute = Math.floor(clock.now() / WINDOW_MS) - 1;
	const old = await db.read
		.selectFrom('rate_counts')
		.select('subject')
		.where('minute', '<', minute)
		.limit(1)
		.executeTakeFirst();
	if (!old) return 0;
	const { numDeletedRows } = await db.inTransaction((tx) =>
		tx.deleteFrom('rate_counts').where('minute', '<', minute).executeTakeFirst()
	);
	return Number(numDeletedRows);
}
