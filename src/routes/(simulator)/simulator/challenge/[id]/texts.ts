import type { Locale } from '$lib/i18n/locales';

interface Option {
	label: string;
	/** What comes of it. */
	leadsTo: string;
}

interface Texts {
	bank: string;
	notice: string;
	question: string;
	amount: string;
	card: string;
	approve: Option;
	fail: Option;
	cancel: Option;
	silent: Option;
	silence: string;
	silenceHint: string;
}

/** What the make-believe bank says. */
export const texts: Record<Locale, Texts> = {
	en: {
		bank: 'Simulated bank',
		notice: 'This is a test. No real bank is involved and no money moves.',
		question: 'Do you confirm this payment?',
		amount: 'Amount',
		card: 'Card ending in',
		approve: { label: 'Approve', leadsTo: 'The payment succeeds and you go back.' },
		fail: { label: 'Fail', leadsTo: 'The check fails, the payment is declined and you go back.' },
		cancel: { label: 'Cancel', leadsTo: 'You refuse, the payment is declined and you go back.' },
		silent: {
			label: 'Never answer',
			leadsTo: 'The bank stays silent: nothing is decided and you do not go back.'
		},
		silence: 'The bank does not answer',
		silenceHint: 'As you asked, nothing more happens here. The payment waits until it times out.'
	},
	ar: {
		bank: 'بنك تجريبي',
		notice: 'هذا اختبار. لا يشارك فيه أي بنك حقيقي ولا تتحرك أي أموال.',
		question: 'هل تؤكد هذه الدفعة؟',
		amount: 'المبلغ',
		card: 'البطاقة المنتهية بالرقم',
		approve: { label: 'موافقة', leadsTo: 'تنجح الدفعة وتعود إلى الصفحة السابقة.' },
		fail: { label: 'فشل التحقق', leadsTo: 'يفشل التحقق وتُرفض الدفعة وتعود إلى الصفحة السابقة.' },
		cancel: { label: 'إلغاء', leadsTo: 'ترفض أنت فتُرفض الدفعة وتعود إلى الصفحة السابقة.' },
		silent: {
			label: 'عدم الرد أبدًا',
			leadsTo: 'يبقى البنك صامتًا: لا يُحسم شيء ولا تعود إلى الصفحة السابقة.'
		},
		silence: 'البنك لا يرد',
		silenceHint: 'كما طلبت، لن يحدث هنا شيء آخر. تنتظر الدفعة حتى تنتهي مهلتها.'
	}
};
