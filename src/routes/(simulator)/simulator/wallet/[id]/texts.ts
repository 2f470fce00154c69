import type { Locale } from '$lib/i18n/locales';
import type { WalletChoice } from '$lib/server/simulator/wallet';

interface Option {
	label: string;
	/** What comes of it. */
	leadsTo: string;
}

interface Texts extends Record<WalletChoice, Option> {
	notice: string;
	question: string;
	amount: string;
}

/** What the make-believe wallet says. */
export const texts: Record<Locale, Texts> = {
	en: {
		notice: 'This is a test. No real wallet is involved and no money moves.',
		question: 'Do you want to pay with this wallet?',
		amount: 'Amount',
		pay: { label: 'Pay', leadsTo: 'The payment succeeds and you go back.' },
		decline: {
			label: 'Not enough money',
			leadsTo: 'The wallet declines the payment and you go back.'
		},
		cancel: { label: 'Cancel', leadsTo: 'You give the payment up and go back.' },
		later: {
			label: 'Decide later',
			leadsTo: 'You go back while it is undecided; it succeeds a few seconds later.'
		},
		attest: {
			label: 'Attest now, settle later',
			leadsTo: 'The payment counts as made and you go back; it is final half a minute later.'
		},
		reverse: {
			label: 'Attest now, take back later',
			leadsTo: 'The payment counts as made and you go back; half a minute later it is taken back.'
		}
	},
	ar: {
		notice: 'هذا اختبار. لا تشارك فيه أي محفظة حقيقية ولا تتحرك أي أموال.',
		question: 'هل تريد الدفع بهذه المحفظة؟',
		amount: 'المبلغ',
		pay: { label: 'ادفع', leadsTo: 'تنجح الدفعة وتعود إلى الصفحة السابقة.' },
		decline: {
			label: 'الرصيد غير كافٍ',
			leadsTo: 'ترفض المحفظة الدفعة وتعود إلى الصفحة السابقة.'
		},
		cancel: { label: 'إلغاء', leadsTo: 'تتخلى عن الدفعة وتعود إلى الصفحة السابقة.' },
		later: {
			label: 'القرار لاحقًا',
			leadsTo: 'تعود قبل أن يُحسم الأمر، ثم تنجح الدفعة بعد بضع ثوانٍ.'
		},
		attest: {
			label: 'تأكيد الآن والتسوية لاحقًا',
			leadsTo: 'تُحتسب الدفعة وتعود إلى الصفحة السابقة، ثم تصبح نهائية بعد نصف دقيقة.'
		},
		reverse: {
			label: 'تأكيد الآن والتراجع لاحقًا',
			leadsTo: 'تُحتسب الدفعة وتعود إلى الصفحة السابقة، ثم تُسترد بعد نصف دقيقة.'
		}
	}
};
