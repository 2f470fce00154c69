import pg from 'pg';

/**
 * Whether an insert or update was refused by a unique index. Both engines: SQLite says it in its
 * extended result code, PostgreSQL as SQLSTATE 23505.
 */
export function isUniqueViolation(error: unknown): error is Error {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return (
		code === '23505' ||
		code === 'SQLITE_CONSTRAINT_UNIQUE' ||
		code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
	);
}

/** The table whose unique index refused an insert or update; undefined for any other error. */
export function refusedTable(error: unknown): string | undefined {
	if (!isUniqueViolation(error)) return undefined;
	if (error instanceof pg.DatabaseError) return error.table;
	return /^UNIQUE constraint failed: (\w+)\./.exec(error.message)?.[1];
}

/** A compare-and-set found something else than was read: somebody was faster. */
export class ConflictError extends Error {
	override readonly name = 'ConflictError';
}

const MAX_ROUNDS = 8;

/** Runs `round` again, from its reading on, while it loses compare-and-sets; bounded. */
export async function retryConflicts<T>(round: () => Promise<T>): Promise<T> {
	for (let left = MAX_ROUNDS; ; left--) {
		try {
			return await round();
		} catch (error) {
			if (!(error instanceof ConflictError) || left === 0) throw error;
		}
	}
}
