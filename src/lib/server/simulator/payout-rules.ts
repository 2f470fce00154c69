import { electronicFormatIBAN, friendlyFormatIBAN, isValidIBAN } from 'ibantools';
import { approve, decideLater, decline, loseIt, rule, type Rule, type TestInput } from './rule';

/** One thing that can happen to a payout, and the inputs that bring it about. */
interface PayoutCase {
	name: string;
	decision: Rule['decision'];
	reply?: Rule['reply'];
	/** From the examples of the IBAN registry: their check digits are right. */
	iban: string;
	/** The last two digits of a local account's number or a telephone number. */
	ending: string;
	/** What stands before the @ of a wallet. */
	wallet: string;
	does: string;
}

/** The rule whose payout is refused after a while. */
const REFUSED_LATER = 'payout_slow_refused';

const paid: PayoutCase = {
	name: 'payout_paid',
	decision: approve,
	iban: 'DE89370400440532013000',
	ending: '00',
	wallet: 'paid',
	does: 'is always paid'
};

const cases: readonly PayoutCase[] = [
	paid,
	{
		name: 'payout_refused',
		decision: decline('account_closed'),
		iban: 'GB29NWBK60161331926819',
		ending: '01',
		wallet: 'refused',
		does: 'was closed: the payout is refused'
	},
	{
		name: 'payout_slow',
		decision: decideLater,
		iban: 'FR1420041010050500013M02606',
		ending: '02',
		wallet: 'slow',
		does: 'is paid five seconds later, told by a notification'
	},
	{
		name: REFUSED_LATER,
		decision: decideLater,
		iban: 'NL91ABNA0417164300',
		ending: '03',
		wallet: 'slowrefused',
		does: 'refuses the payout five seconds later, told by a notification'
	},
	{
		name: 'payout_hang_paid',
		decision: approve,
		reply: 'hang',
		iban: 'ES9121000418450200051332',
		ending: '04',
		wallet: 'hang',
		does: 'is paid, but the answer never comes'
	},
	{
		name: 'payout_hang_lost',
		decision: loseIt,
		reply: 'hang',
		iban: 'IT60X0542811101000000123456',
		ending: '05',
		wallet: 'lost',
		does: 'never hears of it: the request gets lost, no answer comes and nothing is paid'
	},
	{
		name: 'payout_error',
		decision: decline('processing_error'),
		iban: 'AT611904300234573201',
		ending: '06',
		wallet: 'error',
		does: 'meets an error at the bank; another provider may do better'
	},
	{
		name: 'payout_garbage',
		decision: approve,
		reply: 'garbage',
		iban: 'BE68539007547034',
		ending: '07',
		wallet: 'garbled',
		does: 'is paid, but the answer cannot be read'
	}
];

const shown = (input: (each: PayoutCase) => string, subject: (each: PayoutCase) => string) =>
	cases.map((each) => ({ input: input(each), sentence: sentenceOf(subject(each), each) }));

export const testIbans: readonly TestInput[] = shown(
	({ iban }) => friendlyFormatIBAN(iban) ?? iban,
	({ iban }) => `The test account ending in ${iban.slice(-4)}`
);

export const testEndings: readonly TestInput[] = shown(
	({ ending }) => `… ${ending}`,
	({ ending }) => `A number ending in ${ending}`
);

export const testWallets: readonly TestInput[] = shown(
	({ wallet }) => `${wallet}@…`,
	({ wallet }) => `A wallet that begins with ${wallet}@`
);

/** Any IBAN that isn't in the table is paid, if its check digits are right. */
export function ruleForIban(typed: string): Rule {
	const iban = electronicFormatIBAN(typed) ?? '';
	if (!isValidIBAN(iban)) return invalidAccount('This is not a valid IBAN.');
	return ruleOf(
		cases.find((each) => each.iban === iban),
		`The test account ending in ${iban.slice(-4)}`
	);
}

/** For a local account or a telephone number; `subject` begins the sentence. */
export function ruleForEnding(number: string, subject: string): Rule {
	const ending = /\d{2}$/.exec(number)?.[0];
	if (ending === undefined) return invalidAccount('This is not a number of an account.');
	return ruleOf(
		cases.find((each) => each.ending === ending),
		`${subject} ending in ${ending}`
	);
}

export function ruleForWallet(wallet: string): Rule {
	const [, name] = /^([^@\s]+)@[^@\s]+$/.exec(wallet) ?? [];
	if (name === undefined) return invalidAccount('This is not the name of a wallet.');
	return ruleOf(
		cases.find((each) => each.wallet === name.toLowerCase()),
		'The test wallet'
	);
}

/** Back to where a payment came from, which the acquirer must have taken. */
export function ruleForOrigin(isKnown: boolean): Rule {
	return isKnown
		? ruleOf(paid, 'The account the payment came from')
		: rule(
				'payout_unknown_original',
				decline('unknown_original'),
				'This account of the simulator never took the payment that the money should go back to.'
			);
}

/** Whether an undecided payout of this rule is refused in the end. */
export function isRefusedLater(ruleName: string): boolean {
	return ruleName === REFUSED_LATER;
}

function ruleOf(found: PayoutCase | undefined, subject: string): Rule {
	const { name, decision, reply, ...rest } = found ?? paid;
	return rule(name, decision, sentenceOf(subject, rest), reply === undefined ? {} : { reply });
}

function invalidAccount(sentence: string): Rule {
	return rule('payout_invalid', decline('invalid_account'), sentence);
}

function sentenceOf(subject: string, { does }: { does: string }): string {
	return `${subject} ${does}.`;
}
