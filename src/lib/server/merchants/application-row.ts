import type { Dialect, Flag } from '$lib/server/db/schema';
import type { Application, Branding } from './application';

/** The columns that applicationOf needs, joined from `applications` (as `a`) and `merchants` (`m`). */
export const applicationColumns = [
	'a.id as application_id',
	'a.merchant_id as application_merchant_id',
	'm.name as application_merchant_name',
	'a.dialect as application_dialect',
	'a.name as application_name',
	'a.branding as application_branding',
	'a.support_contact as application_support_contact',
	'a.frame_origins as application_frame_origins',
	'a.return_origins as application_return_origins',
	'a.client_id as application_client_id',
	'a.url as application_url',
	'a.currencies as application_currencies',
	'a.allow_underpay as application_allow_underpay',
	'a.allow_overpay as application_allow_overpay',
	'a.created_at as application_created_at',
	'a.deleted_at as application_deleted_at'
] as const;

export interface ApplicationRow {
	application_id: string;
	application_merchant_id: string;
	application_merchant_name: string;
	application_dialect: Dialect;
	application_name: string;
	application_branding: string;
	application_support_contact: string | null;
	application_frame_origins: string;
	application_return_origins: string;
	application_client_id: string | null;
	application_url: string | null;
	application_currencies: string | null;
	application_allow_underpay: Flag;
	application_allow_overpay: Flag;
	application_created_at: number;
	application_deleted_at: number | null;
}

export function applicationOf(row: ApplicationRow): Application {
	return {
		id: row.application_id,
		merchantId: row.application_merchant_id,
		merchantName: row.application_merchant_name,
		dialect: row.application_dialect,
		name: row.application_name,
		branding: JSON.parse(row.application_branding) as Branding,
		supportContact: row.application_support_contact,
		frameOrigins: JSON.parse(row.application_frame_origins) as string[],
		returnOrigins: JSON.parse(row.application_return_origins) as string[],
		clientId: row.application_client_id,
		url: row.application_url,
		currencies: row.application_currencies
			? (JSON.parse(row.application_currencies) as string[])
			: null,
		allowUnderpay: row.application_allow_underpay === 1,
		allowOverpay: row.application_allow_overpay === 1,
		createdAt: row.application_created_at,
		deletedAt: row.application_deleted_at
	};
}
