import { setTimeout as pause } from 'node:timers/promises';
import { findForm, findLink, submit, visit, type Page } from './payer.ts';
import type { Random } from './random.ts';

/** The shop and its payers, who live on while the app is killed and started again. */
export interface Town {
	origin: string;
	apiKey: string;
	webhookUrl: string;
	/** Resolves once the app can be reached again. */
	untilUp(): Promise<true>;
	isClosing(): boolean;
	/** Told of each step, so that a kill can be timed by what goes on. */
	onStep(): void;
	/** What payers were told, by the merchant's reference. */
	memory: Map<string, Remembered>;
}

export interface Remembered {
	/** Minor units. */
	amount: number;
	token: string;
	/** The last step that the payer was shown: `succeeded` must never be taken back. */
	lastShown: string;
}

/** How often each card is used, by its number; see the simulator's rules. */
const cards = [
	[30, '4242424242424242'],
	[8, '5555555555554444'],
	[8, '378282246310005'],
	[10, '4000000000000002'],
	[5, '4000000000009995'],
	[6, '4000000000003055'],
	[12, '4000000000003220'],
	[3, '4000000000005019'],
	[3, '4000000000005027'],
	[8, '4000000000005035'],
	[3, '4000000000005043'],
	[6, '4000000000005050'],
	[6, '4000000000005068']
] as const;

const challengeAnswers = [
	[6, 'approve'],
	[3, 'fail'],
	[2, 'cancel']
] as const;

/** One who pays again and again until the town closes. */
export async function livePayer(town: Town, random: Random, name: string): Promise<void> {
	for (let round = 1; !town.isClosing(); round++) {
		await makePayment(town, random, `${name}-${round}`);
	}
}

async function makePayment(town: Town, random: Random, reference: string): Promise<void> {
	const amount = 100 + random.whole(50_000);
	const token = await insist(town, () => openSession(town, reference, amount));
	if (!token) return;
	const remembered: Remembered = { amount, token, lastShown: 'form' };
	town.memory.set(reference, remembered);
	// A bound on the patience of one person with one payment.
	for (let step = 0; step < 12 && !town.isClosing(); step++) {
		const page = await insist(town, () => visit(`${town.origin}/pay/${token}`));
		if (!page) return;
		remembered.lastShown = await lookAtStatus(town, token, remembered.lastShown);
		const isDone = await actOn(town, random, page);
		if (isDone) return;
	}
}

/** What a payer does with the page as it stands. True: nothing more. */
async function actOn(town: Town, random: Random, page: Page): Promise<boolean> {
	const form = findForm(page, { id: 'card-form' });
	if (form) {
		const number = random.pick(cards);
		const isAmex = number.startsWith('37');
		const card = { number, expiry: '12/34', code: isAmex ? '1234' : '123', name: 'A. Payer' };
		// Some press the button twice, from two tabs or in haste.
		const presses = random.percent(25) ? 2 : 1;
		await Promise.all(
			Array.from({ length: presses }, () => attempt(town, () => submit(page, form, card)))
		);
		return false;
	}
	const link = findLink(page, /\/simulator\/challenge\//);
	if (link) {
		const bank = await attempt(town, () => visit(link));
		const question = bank && findForm(bank, { field: 'choice' });
		const choice = random.pick(challengeAnswers);
		if (question) await attempt(town, () => submit(bank, question, { choice }));
		return false;
	}
	if (!/-waiting&quot;/.test(page.html)) return true;
	await pause(100 + random.whole(400));
	// Some close the tab while the outcome is open.
	return random.percent(30);
}

/** The same call with the same content may be made again, whatever became of the first. */
async function openSession(
	{ origin, apiKey, webhookUrl }: Town,
	reference: string,
	amount: number
): Promise<string> {
	const response = await fetch(`${origin}/api/v1/cashier`, {
		method: 'POST',
		headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({
			request: {
				mode: 'test',
				user_id: 'payer',
				tracking_id: reference,
				amount: (amount / 100).toFixed(2),
				currency: 'EUR',
				amount_restricted: true,
				settings: { webhook_url: webhookUrl, methods: ['card'] }
			}
		}),
		signal: AbortSignal.timeout(30_000)
	});
	const text = await response.text();
	if (response.status !== 200) throw new Error(`The API answered ${response.status}: ${text}`);
	return (JSON.parse(text) as { token: string }).token;
}

/** `version` ends with what the page shows. What was learned stays when nobody answers. */
async function lookAtStatus({ origin }: Town, token: string, before: string): Promise<string> {
	try {
		const { version } = (await (await fetch(`${origin}/pay/${token}/status`)).json()) as {
			version: string;
		};
		return version.replace(/^\d+-/, '');
	} catch {
		return before;
	}
}

/** Tries until there is an answer, over any number of kills; undefined when the town closes. */
async function insist<Value>(town: Town, action: () => Promise<Value>): Promise<Value | undefined> {
	while (!town.isClosing()) {
		const value = await attempt(town, action);
		if (value !== undefined) return value;
	}
	return undefined;
}

/** Tries once; undefined when the connection broke, which is when the app is waited for. */
async function attempt<Value>(
	town: Town,
	action: () => Promise<Value>
): Promise<Value | undefined> {
	await town.untilUp();
	town.onStep();
	try {
		return await action();
	} catch (error) {
		if (isBroken(error)) return undefined;
		throw error;
	}
}

function isBroken(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const { name, message } = error;
	return name === 'TimeoutError' || message === 'fetch failed' || message === 'terminated';
}
