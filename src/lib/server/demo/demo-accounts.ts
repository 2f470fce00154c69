import type { Context } from '$lib/server/context';
import type { AccountSettings } from '$lib/server/routing/account-settings';
import type { Rule } from '$lib/server/routing/rule';
import { simulatorCredentials } from '$lib/server/simulator/credentials';

/** An account with the make-believe acquirer, and what shows when it is used. */
interface DemoAccount {
	name: string;
	settings: Partial<AccountSettings>;
	/** How the acquirer treats it; left out: steadily. */
	temper?: 'moody';
}

/** Currencies in which the standard rules show what a conversion looks like. */
const converted = ['CHF', 'DKK', 'NOK', 'PLN', 'SEK'];
/** Currencies in which fees and limits have fixed amounts. */
const priced = ['EUR', 'GBP', 'USD'];

/** Takes everything; the wallet and payouts to banks cost the payer something. */
const everything: DemoAccount = {
	name: 'Simulator',
	settings: {
		fees: [
			fee('wallet', 'deposit', { percent: '1.5' }),
			...priced.map((currency) => fee('wallet', 'deposit', { fixed: 30, currency })),
			...priced.map((currency) => fee('bank', 'withdrawal', { fixed: 100, currency }))
		],
		limits: priced.map((currency) => ({
			method: 'voucher',
			intent: 'deposit',
			currency,
			lowest: null,
			highest: 150_00
		}))
	}
};

const dollarsOnly: DemoAccount = {
	name: 'Simulator, dollars only',
	settings: {
		methods: ['card', 'wallet', 'card_payout', 'wallet_payout'],
		currencies: ['USD'],
		fxPercent: '1'
	}
};

/** Declines every card, so that another account may take it; for nothing else, not even at need. */
const moody: DemoAccount = {
	name: 'Simulator, moody',
	settings: { methods: ['card'] },
	temper: 'moody'
};

/** The first is what an account from before accounts had names becomes. */
export const demoAccounts = [everything, dollarsOnly, moody] as const;

/** The set of rules that `demo.json` names for trying out how payments go on to another account. */
export const CASCADE = 'Cascade';

/** The demo's sets of rules, for accounts that are known by their names. */
export function demoSets(idOf: (name: string) => number) {
	const only = ({ name }: DemoAccount) => [{ account: idOf(name), weight: 1 }];
	const stop = { next: false, limit: 1 };
	const standard: Rule[] = [
		{
			name: 'Francs, crowns and zloty in dollars',
			when: { currencies: converted },
			choices: [only(dollarsOnly)],
			onFailure: stop
		},
		{ name: 'Everything else', when: {}, choices: [only(everything)], onFailure: stop }
	];
	const cascade: Rule[] = [
		{
			name: 'First the moody one',
			when: {},
			choices: [only(moody), only(everything)],
			onFailure: { next: true, limit: 2 }
		}
	];
	return [
		{ name: 'Standard', isDefault: true, rules: standard },
		{ name: CASCADE, isDefault: false, rules: cascade }
	];
}

/** The credentials of one of the demo's accounts. */
export function credentialsFor(context: Context, name: string): Record<string, string> {
	const { temper } = demoAccounts.find((account) => account.name === name) ?? everything;
	const credentials = simulatorCredentials(context);
	return temper ? { ...credentials, temper } : credentials;
}

function fee(
	method: string,
	intent: 'deposit' | 'withdrawal',
	price: { fixed: number; currency: string } | { percent: string }
) {
	const free = { fixed: 0, currency: null, percent: '0' };
	return { method, intent, ...free, ...price, bearer: 'payer' as const };
}
