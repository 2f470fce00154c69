import type { Context } from '$lib/server/context';
import type { Reader, Tx } from '$lib/server/db/database';
import type { Schema } from '$lib/server/db/schema';
import { decline, rule, type Rule } from './rule';
import { brandOf, ruleFor, testCardOf, testCards } from './rules';

/** What is known of a card without its number. */
export interface KnownCard {
	brand: string | null;
	last4: string;
}

/** A card together with the rule that it brings. */
export interface RuledCard extends KnownCard {
	rule: Rule;
}

/** The card of a number, of digits only; of any number, test card or not. */
export function cardOfNumber(number: string): RuledCard {
	return { brand: brandOf(number), last4: number.slice(-4), rule: ruleFor(number) };
}

/** The card that was kept under a token; an unknown token is a card that is declined. */
export async function cardOfToken(reader: Reader, token: string): Promise<RuledCard> {
	const kept = await reader
		.selectFrom('simulator_cards')
		.selectAll()
		.where('token', '=', token)
		.executeTakeFirst();
	const found = testCards.find(
		({ name, number }) => name === kept?.rule && number.endsWith(kept.last4)
	);
	if (!kept || !found) return { brand: null, last4: '', rule: unknownToken };
	return { brand: kept.brand, last4: kept.last4, rule: found };
}

const unknownToken = rule(
	'unknown_token',
	decline('unknown_token'),
	'No card is kept here under this token.'
);

/** A token for a card of these digits that nobody can guess. Undefined: no test card, not kept. */
export async function keepCard(context: Context, number: string): Promise<string | undefined> {
	const card = testCardOf(number);
	if (!card) return undefined;
	const token = newCardToken(context);
	await context.db.inTransaction((tx) =>
		tx
			.insertInto('simulator_cards')
			.values({
				token,
				rule: card.name,
				brand: card.brand,
				last4: number.slice(-4),
				created_at: context.clock.now()
			})
			.execute()
	);
	return token;
}

export function newCardToken({ random }: Context): string {
	return `card_${random.bytes(24).toString('base64url')}`;
}

/** Keeps the card of a payment that gives a token for it. A card kept before stays as it is. */
export async function saveCard(
	tx: Tx,
	{ clock }: Context,
	{ card_token, rule, card_brand, card_last4 }: Schema['simulator_payments']
): Promise<void> {
	if (card_token === null) return;
	await tx
		.insertInto('simulator_cards')
		.values({
			token: card_token,
			rule,
			brand: card_brand,
			last4: card_last4 ?? '',
			created_at: clock.now()
		})
		.onConflict((conflict) => conflict.column('token').doNothing())
		.execute();
}
