/** A webhook as the shop shows it. */
export interface ShownWebhook {
	/** Counts an order's webhooks from 1. */
	number: number;
	/** Unix milliseconds. */
	at: number;
	headers: Record<string, string>;
	/** The exact text that came. */
	body: string;
}

/** The status that it tells, for its head. */
export function statusOf({ body }: ShownWebhook): string {
	const { status } = Object(JSON.parse(body)) as { status?: unknown };
	return typeof status === 'string' ? status : '';
}

/** The time of day as logs have it, the same wherever it is read. */
export function timeOf(at: number): string {
	return `${new Date(at).toISOString().slice(11, 19)} UTC`;
}
