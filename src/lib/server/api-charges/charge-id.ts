const PREFIX = 'chg_';
const shape = /^chg_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** A charge's id: its transaction's without dashes, so that ids sort by the time they were made. */
export function chargeIdOf(transactionId: string): string {
	return PREFIX + transactionId.replaceAll('-', '');
}

/** The transaction's id in a charge's; undefined for what is none. */
export function readChargeId(id: string): string | undefined {
	return shape.exec(id)?.slice(1).join('-');
}
