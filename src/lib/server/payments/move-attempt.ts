import type { Updateable } from 'kysely';
import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import type { Schema } from '$lib/server/db/schema';
import { redactText } from '$lib/server/log/redact-text';
import { nextAskAt } from './ask-schedule';
import type { Attempt } from './payment';
import { isOpenAttempt, type AttemptState } from './states';

export interface Move {
	to: AttemptState;
	/** Null: nothing new is known of it. */
	providerReference: string | null;
	/** JSON of what the payer has to do. */
	action?: string;
	reason?: string;
	/** The provider's words, see providerText. */
	reasonMessage?: string;
	columns?: Updateable<Schema['attempts']>;
}

/** Changes an attempt's state by compare-and-set. Throws a ConflictError when it was changed. */
export async function moveAttempt(
	context: Context,
	tx: Tx,
	attempt: Attempt,
	move: Move
): Promise<void> {
	const now = context.clock.now();
	const { numUpdatedRows } = await tx
		.updateTable('attempts')
		.set({
			state: move.to,
			provider_reference: move.providerReference ?? attempt.providerReference,
			action: move.action ?? null,
			reason: move.reason ?? null,
			reason_message: move.reasonMessage ?? null,
			ask_at: isOpenAttempt(move.to) ? nextAskAt(now, 0) : null,
			updated_at: now,
			...move.columns
		})
		.where('id', '=', attempt.id)
		.where('state', '=', attempt.state)
		.executeTakeFirst();
	if (numUpdatedRows !== 1n) throw new ConflictError('The attempt was changed meanwhile');
}

/** An IBAN as banks write it, with or without spaces. */
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;

/** Providers are known to echo card and account numbers; PostgreSQL stores no NUL. */
export function providerText(message: string): string {
	return redactText(message.replaceAll('\0', '').replace(IBAN, '(account)'), 500);
}
