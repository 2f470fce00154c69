import type { Context } from '$lib/server/context';
import { keptQuery } from '$lib/server/db/kept-query';
import { applicationColumns, applicationOf } from '$lib/server/merchants/application-row';
import { MAX_AMOUNT } from '$lib/money/money';
import { payerFactsOf } from '$lib/server/payments/payer-facts';
import { sha256 } from '$lib/server/secrets/sha256';
import type { ReturnAddresses, Session } from './session';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The session of a token, also when it has ended; undefined for a token that opens nothing. */
export async function findSession(context: Context, token: string): Promise<Session | undefined> {
	if (!TOKEN.test(token)) return undefined;
	const [row] = await rowsOfToken(context.db.read, sha256(token));
	return row && sessionOf(row);
}

const sessionColumns = [
	's.id',
	's.mode',
	's.intent',
	's.amount',
	's.currency',
	's.amount_editable',
	's.lowest_amount',
	's.highest_amount',
	's.preset_amounts',
	's.payer_reference',
	's.reference',
	's.customer',
	's.payer_ip',
	's.description',
	's.return_addresses',
	's.locale',
	's.theme',
	's.methods',
	's.expires_at'
] as const;

const rowsOfToken = keptQuery((reader, tokenSha256: string) =>
	reader
		.selectFrom('sessions as s')
		.innerJoin('applications as a', 'a.id', 's.application_id')
		.innerJoin('merchants as m', 'm.id', 's.merchant_id')
		.select(sessionColumns)
		.select(applicationColumns)
		.where('s.token_sha256', '=', tokenSha256)
);

type Row = Awaited<ReturnType<typeof rowsOfToken>>[number];

function sessionOf(row: Row): Session {
	return {
		id: row.id,
		application: applicationOf(row),
		dialect: row.application_dialect,
		mode: row.mode,
		intent: row.intent,
		amount: row.amount,
		currency: row.currency,
		amountEditable: row.amount_editable === 1,
		lowestAmount: row.lowest_amount ?? 1,
		highestAmount: row.highest_amount ?? MAX_AMOUNT,
		presetAmounts: row.preset_amounts ? (JSON.parse(row.preset_amounts) as number[]) : [],
		payer: payerFactsOf(row.payer_reference, row.customer),
		payerReference: row.payer_reference,
		reference: row.reference,
		payerIp: row.payer_ip,
		description: row.description,
		returnAddresses: JSON.parse(row.return_addresses) as ReturnAddresses,
		locale: row.locale,
		theme: row.theme,
		methods: row.methods ? (JSON.parse(row.methods) as string[]) : null,
		expiresAt: row.expires_at
	};
}
