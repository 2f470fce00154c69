import { z } from 'zod';
import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Mode } from '$lib/server/db/schema';
import { checkSettings } from './check-settings';

const MAX_TAGS = 20;
const MAX_LENGTH = 64;

/** One mark of a payer: text that means to the merchant what it means. */
export const payerTag = z
	.string({ error: 'must be text' })
	.min(1, 'must not be empty')
	.max(MAX_LENGTH, `must be at most ${MAX_LENGTH} characters`);

const payerTags = z.object({
	tags: z
		.array(payerTag, { error: 'must be a list' })
		.max(MAX_TAGS, `must have at most ${MAX_TAGS} entries`)
});

/** A payer as a merchant tells them apart. */
interface PayerName {
	merchantId: string;
	mode: Mode;
	/** The merchant's id of the payer. */
	reference: string;
}

/**
 * Replaces a payer's marks, which rules of routing can ask for.
 * @throws BusinessError `invalid` for an empty or long tag, or too many
 */
export async function setPayerTags(
	tx: Tx,
	{ merchantId, mode, reference }: PayerName,
	tags: readonly string[]
): Promise<void> {
	const checked = checkSettings(payerTags, { tags }, 'list of tags');
	const text = JSON.stringify([...new Set(checked.tags)]);
	await tx
		.insertInto('payers')
		.values({ merchant_id: merchantId, mode, reference, tags: text })
		.onConflict((conflict) =>
			conflict.columns(['merchant_id', 'mode', 'reference']).doUpdateSet({ tags: text })
		)
		.execute();
}

/** A payer's marks; none for a payer of whom nothing was said. */
export async function readPayerTags(
	{ db }: Context,
	{ merchantId, mode, reference }: PayerName
): Promise<string[]> {
	const row = await db.read
		.selectFrom('payers')
		.select('tags')
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.where('reference', '=', reference)
		.executeTakeFirst();
	return row ? (JSON.parse(row.tags) as string[]) : [];
}
