import { z } from 'zod';
import type { Context } from '$lib/server/context';
import { ConflictError, isUniqueViolation } from '$lib/server/db/conflict';
import { keptQuery } from '$lib/server/db/kept-query';
import type { Reader, Tx } from '$lib/server/db/database';
import type { Mode } from '$lib/server/db/schema';
import { BusinessError } from '$lib/server/errors';
import { checkSettings, refusal } from '$lib/server/merchants/check-settings';
import { newNumber } from '$lib/server/merchants/new-number';
import { rules, setOrRuleName, type Rule } from './rule';

/** A merchant's rules for a mode, in the order in which they are asked. */
export interface RoutingSet {
	id: number;
	name: string;
	rules: Rule[];
}

interface Owner {
	merchantId: string;
	mode: Mode;
}

const routingSet = z.object({ name: setOrRuleName, rules });

/**
 * Makes a set of rules, or replaces the one of `id`; returns its number, which API calls may name.
 * A new default takes the place of the one before it. What was a default and is saved as none
 * leaves the merchant without: then every account is looked at.
 * @throws BusinessError `invalid` that names each faulty field (`rules.0.choices`) and its rule,
 *   `not_found` for an id that the merchant has no set of in this mode; ConflictError when another
 *   default was saved at the same moment
 */
export async function saveRoutingSet(
	context: Context,
	tx: Tx,
	set: Owner & { id?: number; name: string; isDefault: boolean; rules: Rule[] }
): Promise<number> {
	const { merchantId, mode, isDefault } = set;
	const checked = checkSettings(routingSet, set, 'set of rules');
	await refuseOthersAccounts(tx, set, checked.rules);
	const id = set.id ?? newNumber(context);
	const values = {
		name: checked.name,
		is_default: isDefault ? 1 : 0,
		rules: JSON.stringify(checked.rules)
	} as const;
	if (isDefault) {
		await tx
			.updateTable('routing_sets')
			.set({ is_default: 0 })
			.where('merchant_id', '=', merchantId)
			.where('mode', '=', mode)
			.where('is_default', '=', 1)
			.where('id', '!=', id)
			.execute();
	}
	try {
		if (set.id === undefined) {
			const made = { id, merchant_id: merchantId, mode, created_at: context.clock.now() };
			await tx
				.insertInto('routing_sets')
				.values({ ...made, ...values })
				.execute();
		} else await replace(tx, set, id, values);
	} catch (error) {
		if (isUniqueViolation(error)) throw new ConflictError('another default was saved');
		throw error;
	}
	return id;
}

async function replace(
	tx: Tx,
	{ merchantId, mode }: Owner,
	id: number,
	values: { name: string; is_default: 0 | 1; rules: string }
): Promise<void> {
	const saved = await tx
		.updateTable('routing_sets')
		.set(values)
		.where('id', '=', id)
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.returning('id')
		.executeTakeFirst();
	if (!saved) throw new BusinessError('not_found', 'There is no such set of rules');
}

/** A rule names accounts by numbers that anybody can guess: only the merchant's own, of the mode. */
async function refuseOthersAccounts(
	tx: Tx,
	{ merchantId, mode }: Owner,
	checked: Rule[]
): Promise<void> {
	const rows = await tx
		.selectFrom('provider_accounts')
		.select('id')
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.execute();
	const own = new Set(rows.map(({ id }) => id));
	const fields = checked.flatMap(({ choices }, rule) =>
		choices.flatMap((tier, tierIndex) =>
			tier.flatMap(({ account }, index) =>
				own.has(account)
					? []
					: {
							field: `rules.${rule}.choices.${tierIndex}.${index}.account`,
							message: 'must be a provider account of the merchant in this mode'
						}
			)
		)
	);
	if (fields.length > 0) throw refusal('set of rules', fields);
}

/** The set of an id, or the default where none is named; undefined: there is none. */
export async function findRoutingSet(
	{ db }: Context,
	{ merchantId, mode, id }: Owner & { id: number | undefined }
): Promise<RoutingSet | undefined> {
	const [row] =
		id === undefined
			? await defaultRows(db.read, merchantId, mode)
			: await ownRows(db.read, merchantId, mode).where('id', '=', id).execute();
	return row && { ...row, rules: JSON.parse(row.rules) as Rule[] };
}

function ownRows(reader: Reader, merchantId: string, mode: Mode) {
	return reader
		.selectFrom('routing_sets')
		.select(['id', 'name', 'rules'])
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode);
}

const defaultRows = keptQuery((reader, merchantId: string, mode: Mode) =>
	ownRows(reader, merchantId, mode).where('is_default', '=', (value) => value.lit(1))
);

/** Whether a call may name a set: it is the merchant's and of the mode. */
export async function hasRoutingSet(
	context: Context,
	set: Owner & { id: number }
): Promise<boolean> {
	return (await findRoutingSet(context, set)) !== undefined;
}
