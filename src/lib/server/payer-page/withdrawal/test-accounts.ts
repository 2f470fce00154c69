import type { OfferedMethod } from '$lib/server/payments/available-methods';
import type { Scene } from '../scene';
import { accountWay } from './account-fields';
import { ltr } from './view-confirm';

/** Test mode's help: what the simulator pays, refuses and takes its time for; its page lists all. */
export function testAccountsOf(scene: Scene, { kind }: OfferedMethod) {
	const { session, t } = scene;
	if (session.mode !== 'test') return null;
	const [paid = '', refused = '', slow = ''] = inputsOf(scene, kind);
	return {
		heading: t('test.accounts'),
		explanation: t('test.account.explanation'),
		cards: [
			t('test.account.paid', { account: ltr(paid) }),
			t('test.account.refused', { account: ltr(refused) }),
			...(slow ? [t('test.account.slow', { account: ltr(slow) })] : [])
		],
		rest: t('test.account.rest')
	};
}

function inputsOf(scene: Scene, kind: OfferedMethod['kind']): string[] {
	if (kind === 'card_payout') return cards;
	if (kind === 'wallet_payout') return wallets;
	return kind === 'bank_payout' && accountWay(scene) === 'iban' ? ibans : endings;
}

const ibans = [
	'DE89 3704 0044 0532 0130 00',
	'GB29 NWBK 6016 1331 9268 19',
	'FR14 2004 1010 0505 0001 3M02 606'
];
const endings = ['… 00', '… 01', '… 02'];
const wallets = ['paid@example.com', 'refused@example.com', 'slow@example.com'];
const cards = ['4242 4242 4242 4242', '4000 0000 0000 0002'];
