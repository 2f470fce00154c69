import type { MessageKey } from './en';
import { methodsAr } from './methods-ar';
import { withdrawalAr } from './withdrawal-ar';

/** The same texts in Modern Standard Arabic. A missing key is a type error. */
export const ar: Record<MessageKey, string> = {
	...methodsAr,
	...withdrawalAr,

	// The window's title, by what the page shows.
	'title.pay': 'الدفع إلى {merchant}',
	'title.action': 'تأكيد الدفع',
	'title.pending': 'الدفع قيد المعالجة',
	'title.succeeded': 'تم الدفع بنجاح',
	'title.declined': 'رُفض الدفع',
	'title.expired': 'انتهت مهلة الدفع',
	'title.canceled': 'أُلغي الدفع',
	'title.unknown': 'الصفحة غير موجودة',
	'title.link_changed': 'الرابط غير صالح',
	'title.link_expired': 'انتهت صلاحية الرابط',
	'title.tries': 'محاولات كثيرة جدًا',
	'title.error': 'حدث خطأ',
	'title.with_problem': 'مشكلة: {title}',

	// What is paid, to whom.
	'summary.heading': 'الدفع إلى {merchant}',
	'summary.for': 'مقابل',
	'summary.amount': 'المبلغ',
	'summary.fee': 'الرسوم',
	'summary.total': 'الإجمالي',
	'summary.logo': 'شعار {merchant}',
	'time.left': `{minutes, plural,
		=0 {بقي أقل من دقيقة}
		one {بقيت دقيقة واحدة}
		two {بقيت دقيقتان}
		few {بقيت # دقائق}
		many {بقيت # دقيقة}
		other {بقيت # دقيقة}}`,

	// Where the payer chooses the amount.
	'amount.label': 'المبلغ بعملة {currency}',
	'amount.presets': 'مبالغ شائعة',
	'amount.between': 'من {lowest} إلى {highest}',
	'amount.from': '{lowest} على الأقل',
	'amount.to': '{highest} على الأكثر',
	'amount.continue': 'متابعة',
	'amount.change': 'تغيير المبلغ',
	'amount.problem.empty': 'أدخل المبلغ',
	'amount.problem.not_a_number': 'أدخل المبلغ بالأرقام، مثل {example}',
	'amount.problem.too_many_decimals': `{digits, plural,
		=0 {أدخل مبلغًا صحيحًا من دون كسور عشرية}
		one {أدخل منزلة عشرية واحدة على الأكثر}
		two {أدخل منزلتين عشريتين على الأكثر}
		few {أدخل # منازل عشرية على الأكثر}
		many {أدخل # منزلة عشرية على الأكثر}
		other {أدخل # منزلة عشرية على الأكثر}}`,
	'amount.problem.too_large': 'هذا المبلغ كبير جدًا',
	'amount.problem.ambiguous': 'هل تقصد {first} أم {second}؟',
	'amount.problem.too_low': 'أدخل {lowest} أو أكثر',
	'amount.problem.too_high': 'أدخل {highest} أو أقل',
	'amount.reading': 'أقصد {amount}',

	// The card form.
	'card.heading': 'بيانات البطاقة',
	'card.accepted': 'البطاقات المقبولة: {brands}',
	'card.number.label': 'رقم البطاقة',
	'card.number.problem.missing': 'أدخل رقم البطاقة',
	'card.number.problem.incomplete': 'رقم البطاقة ناقص',
	'card.number.problem.too_long': 'رقم البطاقة أطول من اللازم',
	'card.number.problem.invalid': 'تحقق من رقم البطاقة: فيه خانة خاطئة على الأقل',
	'card.number.problem.unsupported': 'هذا النوع من البطاقات غير مقبول. استخدم بطاقة أخرى',
	'card.expiry.label': 'تاريخ الانتهاء',
	'card.expiry.hint': 'الشهر ثم السنة كما على البطاقة: \u2066MM / YY\u2069',
	'card.expiry.placeholder': 'MM / YY',
	'card.expiry.problem.missing': 'أدخل تاريخ الانتهاء',
	'card.expiry.problem.incomplete': 'أدخل رقمين للشهر ورقمين للسنة',
	'card.expiry.problem.impossible': 'تحقق من تاريخ الانتهاء: هذا التاريخ غير ممكن',
	'card.expiry.problem.expired': 'انتهت صلاحية هذه البطاقة. تحقق من التاريخ أو استخدم بطاقة أخرى',
	'card.code.label': 'رمز الأمان',
	'card.code.hint': '٣ أرقام على ظهر البطاقة',
	'card.code.hint_4': '٤ أرقام على وجه البطاقة',
	'card.code.hint_any': '٣ أرقام على ظهر البطاقة، أو ٤ على وجه بطاقة \u2068American Express\u2069',
	'card.code.problem.missing': 'أدخل رمز الأمان',
	'card.code.problem.length_3': 'يتكون رمز الأمان من ٣ أرقام على ظهر البطاقة',
	'card.code.problem.length_4': 'يتكون رمز الأمان من ٤ أرقام على وجه البطاقة',
	'card.name.label': 'الاسم على البطاقة',
	'card.name.problem.missing': 'أدخل الاسم المكتوب على البطاقة',
	'card.name.problem.card_number': 'أدخل الاسم هنا، لا رقم البطاقة',
	'card.name.problem.too_long': 'هذا الاسم طويل جدًا. أدخله كما هو على البطاقة',
	'card.retype': 'حفاظًا على سلامتك، أدخل رقم البطاقة ورمز الأمان مرة أخرى',
	'card.pay': 'ادفع {amount}',
	'card.paying': 'جارٍ الدفع…',
	'cancel.button': 'إلغاء والعودة إلى {merchant}',

	// Forms in general.
	'form.problem_heading': 'توجد مشكلة',
	'form.required': 'مطلوب',
	'form.optional': 'اختياري',
	'form.error_prefix': 'خطأ:',
	'form.stale': 'كانت هذه الصفحة قديمة. لم يُخصم أي مبلغ. راجع البيانات وحاول مرة أخرى.',
	'form.offline': 'لا يوجد اتصال. تحقق من اتصالك بالإنترنت قبل أن تحاول مرة أخرى.',

	// Test mode.
	'test.mark': 'وضع الاختبار',
	'test.cards': 'بطاقات الاختبار',
	'test.explanation':
		'لا تُنقل أموال حقيقية. لا تُدخل بطاقة حقيقية هنا. هذه البطاقات صالحة للاختبار:',
	'test.card.succeeds': '{number}: تُقبل',
	'test.card.challenge': '{number}: تتطلب تأكيدًا من البنك',
	'test.card.declined': '{number}: تُرفض',
	'test.card.rest': 'مع أي تاريخ انتهاء في المستقبل وأي رمز أمان وأي اسم.',

	// The step at the bank or provider.
	'action.heading': 'أكّد دفع {amount}',
	'action.explanation': 'يريد بنكك أن يتحقق من هويتك. لن يُخصم أي مبلغ قبل ذلك.',
	'action.means': 'قد يطلب رمزًا أو كلمة مرور أو موافقة في تطبيقه.',
	'action.continue': 'المتابعة إلى بنكك',
	'action.redirect': 'يُستكمل الدفع لدى {provider}.',
	'action.redirect_continue': 'المتابعة إلى {provider}',
	'action.afterwards': 'بعد ذلك تعود إلى هنا.',
	'action.time': 'أمامك نحو ١٠ دقائق.',
	'action.dialog': 'تأكيد من بنكك',
	'action.close': 'إغلاق',
	'action.not_shown': 'لا يظهر شيء؟ افتح صفحة بنكك',
	'action.cancel': 'إلغاء هذا الدفع',
	'action.cancel_question': 'هل تريد إلغاء هذا الدفع؟',
	'action.keep': 'متابعة التأكيد',

	// Sent, not decided.
	'pending.heading': 'الدفع قيد المعالجة',
	'pending.known': 'أرسلنا دفعتك بمبلغ {amount}، ولم يصل الرد بعد.',
	'pending.next': 'لا يلزمك فعل شيء، ونرجو ألا تدفع مرة أخرى.',
	'pending.refreshes': 'تُحدَّث هذه الصفحة تلقائيًا.',
	'pending.refresh': 'تحديث الآن',
	'pending.leave': 'يمكنك إغلاق هذه الصفحة. ستصل النتيجة إلى {merchant}.',

	// The result.
	'result.succeeded.heading': 'تم الدفع بنجاح',
	'result.succeeded.text': 'دفعت {amount} إلى {merchant}.',
	'result.declined.heading': 'رُفض الدفع',
	'result.declined.text': 'لم يتم دفع {amount} إلى {merchant}.',
	'result.expired.heading': 'انتهت مهلة الدفع',
	'result.expired.text': 'لم يُخصم أي مبلغ. عُد إلى {merchant} للبدء من جديد.',
	'result.canceled.heading': 'أُلغي الدفع',
	'result.canceled.text': 'لم يُخصم أي مبلغ.',
	'result.canceled.by_merchant': 'ألغى {merchant} عملية الدفع هذه.',
	'result.card': '{brand} المنتهية بالأرقام {last4}',
	'result.support': 'رمز الدعم',
	'result.support_hint': 'إذا كان لديك سؤال، فأعطِ {merchant} هذا الرمز.',
	'result.try_again': 'حاول مرة أخرى',
	'result.other_card': 'استخدم بطاقة أخرى',
	'result.back': 'العودة إلى {merchant}',
	'result.telling': 'نُبلغ {merchant} بالنتيجة. لحظة من فضلك.',
	'result.returning': 'ستعود إلى {merchant} تلقائيًا بعد لحظات.',

	// Why a try was declined, and what helps.
	'declined.declined.what': 'رفض بنكك الدفع من دون ذكر السبب.',
	'declined.declined.next': 'استخدم بطاقة أخرى أو اسأل بنكك.',
	'declined.insufficient_funds.what': 'رصيد هذه البطاقة لا يكفي.',
	'declined.insufficient_funds.next': 'استخدم بطاقة أخرى، أو اشحن رصيد هذه البطاقة أولًا.',
	'declined.expired_card.what': 'انتهت صلاحية هذه البطاقة.',
	'declined.expired_card.next': 'تحقق من تاريخ الانتهاء أو استخدم بطاقة أخرى.',
	'declined.lost_or_stolen.what': 'لا يسمح بنكك بالدفع بهذه البطاقة.',
	'declined.lost_or_stolen.next': 'استخدم بطاقة أخرى، واسأل بنكك عن هذه البطاقة.',
	'declined.processing_error.what': 'أوقف عطل تقني عملية الدفع.',
	'declined.processing_error.next': 'حاول مرة أخرى بعد بضع دقائق، أو استخدم بطاقة أخرى.',
	'declined.invalid_card.what': 'لم يتعرّف بنكك على بيانات البطاقة.',
	'declined.invalid_card.next': 'تحقق من رقم البطاقة وتاريخ الانتهاء ورمز الأمان.',
	'declined.authentication_failed.what': 'لم يتمكن بنكك من التحقق من هويتك.',
	'declined.authentication_failed.next': 'حاول مرة أخرى أو استخدم بطاقة أخرى.',
	'declined.authentication_canceled.what': 'ألغيتَ التأكيد لدى بنكك.',
	'declined.authentication_canceled.next': 'حاول مرة أخرى متى شئت.',
	'declined.authentication_timeout.what': 'انتهت مهلة التأكيد لدى بنكك.',
	'declined.authentication_timeout.next': 'حاول مرة أخرى، وليكن هاتفك أو تطبيق بنكك في متناولك.',
	'declined.provider_unavailable.what': 'يتعذر الوصول إلى خدمة البطاقات حاليًا.',
	'declined.provider_unavailable.next': 'حاول مرة أخرى بعد بضع دقائق.',
	'declined.attempts_exhausted.what': 'تجاوزت محاولات الدفع العدد المسموح به.',
	'declined.attempts_exhausted.next': 'عُد إلى {merchant} للبدء من جديد.',

	// When there is no payment to show.
	'unknown.heading': 'هذا الرابط لا يعمل',
	'unknown.text': 'ربما كان غير كامل. افتحه مرة أخرى من الصفحة التي وجدته فيها.',
	'link.changed.heading': 'هذا الرابط غير صالح',
	'link.changed.text': 'ينقصه جزء أو طرأ عليه تغيير. افتحه مرة أخرى من المكان الذي وجدته فيه.',
	'link.expired.heading': 'انتهت صلاحية هذا الرابط',
	'link.expired.text': 'لم يعد بالإمكان بدء دفع بواسطته.',
	'link.expired.paid': 'تم الدفع إلى {merchant}.',
	'link.expired.next': 'عُد إلى {merchant} للحصول على رابط جديد.',
	'tries.heading': 'محاولات كثيرة جدًا',
	'tries.wait': `{minutes, plural,
		one {حاول مرة أخرى بعد دقيقة واحدة.}
		two {حاول مرة أخرى بعد دقيقتين.}
		few {حاول مرة أخرى بعد # دقائق.}
		many {حاول مرة أخرى بعد # دقيقة.}
		other {حاول مرة أخرى بعد # دقيقة.}}`,
	'error.heading': 'حدث خطأ لدينا',
	'error.text': 'افتح هذه الصفحة مرة أخرى لمعرفة حالة الدفع قبل أن تدفع من جديد.',
	'error.reload': 'إعادة فتح الصفحة',
	'error.code': 'رمز الخطأ: {code}',

	// Where a merchant's page cannot show ours.
	'embed.frame': 'الدفع إلى {merchant}',
	'embed.blocked': 'لا يمكن عرض صفحة الدفع هنا.',
	'embed.open': 'فتح صفحة الدفع في علامة تبويب جديدة'
};
