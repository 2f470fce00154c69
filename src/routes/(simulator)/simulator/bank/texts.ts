import type { Locale } from '$lib/i18n/locales';

interface Texts {
	brand: string;
	notice: string;
	/** The page that asks for a reference. */
	find: string;
	findHint: string;
	reference: string;
	show: string;
	notFound: string;
	/** The page of one transfer. */
	question: string;
	asked: string;
	to: string;
	account: string;
	canceled: string;
	arrived: string;
	nothing: string;
	exact: string;
	exactHint: string;
	rest: string;
	restHint: string;
	less: string;
	lessHint: string;
	more: string;
	moreHint: string;
	again: string;
	againHint: string;
	other: string;
	send: string;
	badAmount: string;
	refused: string;
}

/** What the make-believe bank of transfers says. `{amount}` is put in. */
export const texts: Record<Locale, Texts> = {
	en: {
		brand: 'Simulated bank',
		notice: 'This is a test. No real bank is involved and no money moves.',
		find: 'Send a bank transfer',
		findHint: 'Type the reference that the payment page gave you, such as CD-7K3M-92QF.',
		reference: 'Reference',
		show: 'Continue',
		notFound: 'There is no transfer with this reference. Check it and type it again.',
		question: 'How much do you want to send?',
		asked: 'Asked for',
		to: 'To',
		account: 'Account',
		canceled: 'Nobody waits for this transfer any more. What you send now arrives all the same.',
		arrived: 'Sent so far',
		nothing: 'Nothing yet.',
		exact: 'Send {amount}',
		exactHint: 'Exactly what was asked for.',
		rest: 'Send {amount}',
		restHint: 'Exactly what is missing.',
		less: 'Send only {amount}',
		lessHint: 'Too little: the rest is still missing afterwards.',
		more: 'Send {amount}',
		moreHint: 'More than was asked for.',
		again: 'Send {amount} again',
		againHint: 'All of it has been sent before: this is too much.',
		other: 'Another amount',
		send: 'Send',
		badAmount: 'This is not an amount that can be sent.',
		refused: 'The bank takes no more money under this reference.'
	},
	ar: {
		brand: 'بنك تجريبي',
		notice: 'هذا اختبار. لا يشارك فيه أي بنك حقيقي ولا تتحرك أي أموال.',
		find: 'إرسال تحويل بنكي',
		findHint: 'اكتب الرقم المرجعي الذي أعطتك إياه صفحة الدفع، مثل ‎CD-7K3M-92QF.',
		reference: 'الرقم المرجعي',
		show: 'متابعة',
		notFound: 'لا يوجد تحويل بهذا الرقم المرجعي. تحقق منه واكتبه مرة أخرى.',
		question: 'ما المبلغ الذي تريد إرساله؟',
		asked: 'المبلغ المطلوب',
		to: 'إلى',
		account: 'الحساب',
		canceled: 'لم يعد أحد ينتظر هذا التحويل، لكن ما ترسله الآن سيصل.',
		arrived: 'ما أُرسل حتى الآن',
		nothing: 'لا شيء بعد.',
		exact: 'إرسال {amount}',
		exactHint: 'المبلغ المطلوب بالضبط.',
		rest: 'إرسال {amount}',
		restHint: 'المبلغ الناقص بالضبط.',
		less: 'إرسال {amount} فقط',
		lessHint: 'مبلغ أقل من المطلوب: يبقى الباقي ناقصًا.',
		more: 'إرسال {amount}',
		moreHint: 'مبلغ أكبر من المطلوب.',
		again: 'إرسال {amount} مرة أخرى',
		againHint: 'أُرسل المبلغ كله من قبل: هذا أكثر من المطلوب.',
		other: 'مبلغ آخر',
		send: 'إرسال',
		badAmount: 'هذا ليس مبلغًا يمكن إرساله.',
		refused: 'لا يقبل البنك مزيدًا من المال بهذا الرقم المرجعي.'
	}
};
