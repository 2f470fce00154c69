import type { Choices } from './choices';

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

/** What the shop says of a webhook of each API, all of whose signatures it has checked. */
export const proofs: Record<Choices['api'], string> = {
	cashier: '✓ both signatures verified',
	charges: '✓ signature verified',
	checkout: '✓ both signatures verified'
};

/** What it tells, for its head: the event where it names one, else the status. */
export function statusOf({ body }: ShownWebhook): string {
	const { event, status } = Object(JSON.parse(body)) as { event?: unknown; status?: unknown };
	const told = event ?? status;
	return typeof told === 'string' ? told : '';
}

/** The time of day as logs have it, the same wherever it is read. */
export function timeOf(at: number): string {
	return `${new Date(at).toISOString().slice(11, 19)} UTC`;
}
