import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import type { Application } from './application';
import { applicationColumns, applicationOf } from './application-row';

/** Whose payment applications: a merchant's, in the mode in which they were made. */
export interface ApplicationOwner {
	merchantId: string;
	mode: Mode;
}

/** An application of the Checkout API together with what its mode says. */
export interface PaymentApplication extends Application {
	/** Where its webhooks go; null: nobody wants to hear. */
	webhookUrl: string | null;
}

/** Those that were not deleted, oldest first. */
export async function readPaymentApplications(
	context: Context,
	owner: ApplicationOwner
): Promise<PaymentApplication[]> {
	const rows = await applicationsOf(context, owner).orderBy('a.id').execute();
	return rows.map(paymentApplicationOf);
}

/** One of them, by our id or by its public client id; undefined: there is none. */
export async function findPaymentApplication(
	context: Context,
	owner: ApplicationOwner,
	by: { id: string } | { clientId: string }
): Promise<PaymentApplication | undefined> {
	const applications = applicationsOf(context, owner);
	const found =
		'id' in by
			? applications.where('a.id', '=', by.id)
			: applications.where('a.client_id', '=', by.clientId);
	const row = await found.executeTakeFirst();
	return row && paymentApplicationOf(row);
}

function applicationsOf({ db }: Context, { merchantId, mode }: ApplicationOwner) {
	return db.read
		.selectFrom('applications as a')
		.innerJoin('merchants as m', 'm.id', 'a.merchant_id')
		.innerJoin('application_modes as o', 'o.application_id', 'a.id')
		.select(applicationColumns)
		.select('o.webhook_url')
		.where('a.merchant_id', '=', merchantId)
		.where('a.dialect', '=', 'checkout')
		.where('a.deleted_at', 'is', null)
		.where('o.mode', '=', mode);
}

type Row = Parameters<typeof applicationOf>[0] & { webhook_url: string | null };

function paymentApplicationOf(row: Row): PaymentApplication {
	return { ...applicationOf(row), webhookUrl: row.webhook_url };
}
