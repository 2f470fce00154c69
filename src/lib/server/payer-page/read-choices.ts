import type { KeptInstrument } from '$lib/server/instruments/instrument';
import { listInstruments } from '$lib/server/instruments/list-instruments';
import { availableMethods, type OfferedMethod } from '$lib/server/payments/available-methods';
import type { Scene } from './scene';

/** The ways in which a session can be paid. */
export interface Choices {
	methods: OfferedMethod[];
	/** Saved cards, for as long as cards are a method of the session. */
	kept: KeptInstrument[];
}

/** One of them. */
export interface Chosen {
	method: OfferedMethod;
	kept: KeptInstrument | null;
}

/** `amount`: minor units; null: not chosen yet. */
export async function readChoices(scene: Scene, amount: number | null): Promise<Choices> {
	const { context, session, payment } = scene;
	const { application, mode, intent, currency, payer } = session;
	const { merchantId } = application;
	const methods = await availableMethods(context, {
		merchantId,
		mode,
		intent,
		transactionId: payment.transactionId,
		amount,
		currency,
		payer,
		methods: session.methods
	});
	const owner = keeperOf(scene);
	const takesCards = methods.some(({ kind }) => kind === 'card');
	return { methods, kept: owner && takesCards ? await listInstruments(context, owner) : [] };
}

/** Whose cards may be kept and removed here; null: nobody's, since the merchant named no payer. */
export function keeperOf({ session }: Scene) {
	const { application, mode, payerReference } = session;
	return payerReference === null
		? null
		: { merchantId: application.merchantId, mode, payerReference };
}

const KEPT = 'kept:';

/** What stands for a saved card in forms and addresses. */
export function keptValue({ id }: KeptInstrument): string {
	return KEPT + id;
}

/**
 * The way that a form or an address names, or the only one there is. Undefined: none, one that is
 * gone, or one that cannot be used now.
 */
export function chosenOf({ methods, kept }: Choices, value: string | null): Chosen | undefined {
	const card = methods.find(({ kind }) => kind === 'card');
	const instrument = kept.find((each) => keptValue(each) === value);
	if (instrument && card) return card.usable ? { method: card, kept: instrument } : undefined;
	const isOnly = methods.length === 1 && kept.length === 0;
	const method = isOnly ? methods[0] : methods.find(({ name }) => name === value);
	return method?.usable ? { method, kept: null } : undefined;
}

/** What stands for it in forms and addresses. */
export function valueOf({ method, kept }: Chosen): string {
	return kept ? keptValue(kept) : method.name;
}

/** Whether there is anything to choose between. */
export function hasChoice({ methods, kept }: Choices): boolean {
	return methods.length + kept.length > 1;
}
