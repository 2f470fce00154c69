import { expect, test } from 'vitest';
import { providerNamed } from '$lib/server/providers/index';
import { simulator } from '$lib/server/providers/simulator/simulator';
import { answerChallenge } from '$lib/server/simulator/challenge';
import { sendSimulatorMessages } from '$lib/server/simulator/send-messages';
import { creditTransfer } from '$lib/server/simulator/transfers';
import { answerWallet } from '$lib/server/simulator/wallet';
import { describeOnEachEngine } from '../databases';
import { cardWith, openSimulation, orderWith, paymentWith } from '../simulator/open-simulation';
import { describeProviderContract } from './contract';
import type { ContractRig } from './contract/rig';

const holder = 'Ada Payer';

const inputs = {
	cards: {
		approved: '4242 4242 4242 4242',
		declined: '4000 0000 0000 0002',
		challenged: '4000 0000 0000 3220',
		silentCharged: '4000 0000 0000 5019',
		silentLost: '4000 0000 0000 5027',
		garbledCharged: '4000 0000 0000 5035'
	},
	vouchers: {
		good: 'cashnote 0000 1111',
		used: 'CASHNOTE-0000-2222',
		unknown: 'CASHNOTE-0000-0000'
	},
	destinations: {
		paid: { kind: 'iban', iban: 'DE89370400440532013000', holder },
		refused: { kind: 'iban', iban: 'GB29NWBK60161331926819', holder },
		invalid: { kind: 'iban', iban: 'DE88370400440532013000', holder },
		slow: { kind: 'iban', iban: 'FR1420041010050500013M02606', holder },
		slowRefused: { kind: 'iban', iban: 'NL91ABNA0417164300', holder },
		silentPaid: { kind: 'iban', iban: 'ES9121000418450200051332', holder },
		silentLost: { kind: 'iban', iban: 'IT60X0542811101000000123456', holder },
		garbledPaid: { kind: 'iban', iban: 'BE68539007547034', holder }
	},
	refunds: { good: 200, refused: 213, slow: 214, silent: 215, lost: 216 }
} satisfies Partial<ContractRig>;

describeOnEachEngine('simulator', (open) => {
	describeProviderContract(simulator, async (): Promise<ContractRig> => {
		const { context, call, received, advance, chargesOf, movesOf } = await openSimulation(open);
		const pass = async (ms: number) => {
			advance(ms);
			await sendSimulatorMessages(context);
		};
		return {
			provider: simulator,
			call,
			...inputs,
			order: (attemptId) => orderWith(context, attemptId),
			card: cardWith,
			payment: (cardNumber, attemptId) => paymentWith(context, cardNumber, attemptId),
			charges: chargesOf,
			moves: movesOf,
			answerChallenge: (attemptId, answer) => answerChallenge(context, attemptId, answer),
			answerRedirect: (attemptId, answer) => answerWallet(context, attemptId, answer),
			attestRedirect: (attemptId, end) =>
				answerWallet(context, attemptId, end === 'final' ? 'attest' : 'reverse'),
			async credit(attemptId, amount) {
				expect(await creditTransfer(context, attemptId, amount)).toBe(true);
			},
			async wait() {
				await pass(30_000);
				await pass(1_000);
			},
			async notificationOf(id) {
				await pass(1_000);
				const message = received.findLast(({ body }) => body.includes(id));
				if (!message) throw new Error('no notification came');
				return message;
			}
		};
	});

	test.each([
		['challenge', '4000 0000 0000 3220'],
		['wallet', null]
	])('the page of a %s is our own and speaks the payer’s language', async (page, number) => {
		const { context, call } = await openSimulation(open);
		const outcome = number
			? await simulator.payByCard(call, paymentWith(context, number, 'a1'))
			: await simulator.payByRedirect(call, orderWith(context, 'a1'));
		const action = outcome.kind === 'action_required' ? outcome.action : undefined;
		const url = new URL(action && 'url' in action ? action.url : 'none:');
		expect(url.origin).toBe(context.config.origin);
		expect(url.pathname).toMatch(new RegExp(`^/simulator/${page}/[0-9a-f-]{36}$`));
		expect(url.searchParams.get('locale')).toBe('ar');
	});
});

test('the registry knows its providers and nothing else', () => {
	expect(providerNamed('simulator')).toBe(simulator);
	expect(providerNamed('toString')).toBeUndefined();
	expect(providerNamed('__proto__')).toBeUndefined();
});
