import { readScene, type Scene } from '../../src/lib/server/payer-page/scene';
import { submitForm, type Submitted } from '../../src/lib/server/payer-page/submit-form';
import { viewPage, type PageView, type Refused } from '../../src/lib/server/payer-page/view-page';
import { openSession, type Order } from '../../src/lib/server/sessions/open-session';
import type { Shop } from '../payments/open-shop';

/** A payer's browser at one session's page, without the browser. */
export interface Visit {
	token: string;
	scene(query?: string, headers?: Record<string, string>): Promise<Scene>;
	view(query?: string, refused?: Refused): Promise<PageView>;
	submit(fields: Record<string, string>): Promise<Submitted>;
	/** Fills the card form as the page now shows it. */
	pay(card: string, fields?: Record<string, string>): Promise<Submitted>;
	/** Sends the form of a way to pay, by what the choice calls it. */
	payBy(method: string, fields?: Record<string, string>): Promise<Submitted>;
}

const backUrl = 'https://shop.example/back?status=x';

/** `isAwaited`: the payer is kept until the merchant has heard of the end. */
export async function visit(
	{ context, application }: Shop,
	order: Order,
	{ isAwaited = false } = {}
): Promise<Visit> {
	const { token } = await openSession(context, application, order);
	async function scene(query = '', headers = {}) {
		const url = new URL(`${context.config.origin}/pay/${token}${query}`);
		const found = await readScene(context, token, url, new Headers(headers), () => isAwaited);
		if (!found) throw new Error('The session is gone');
		return found;
	}
	async function submit(fields: Record<string, string>) {
		const form = new FormData();
		for (const [name, value] of Object.entries(fields)) form.set(name, value);
		return submitForm(await scene(), form, '192.0.2.7');
	}
	async function view(query = '', refused: Refused = {}) {
		return viewPage(await scene(query), backUrl, refused);
	}
	return {
		token,
		scene,
		view,
		submit,
		async pay(card, fields = {}) {
			return submit({ ...(await cardFields(await view())), number: card, ...fields });
		},
		async payBy(method, fields = {}) {
			const hidden = hiddenFields(await view(`?method=${method}`));
			return submit({ ...hidden, ...fields });
		}
	};
}

/** What a form sends besides what the payer types. */
function hiddenFields(view: PageView): Record<string, string> {
	if (view.step !== 'form') throw new Error(`No form: ${view.step}`);
	const { attemptKey, method, amount, quote } = view.form;
	return {
		attempt_key: attemptKey,
		method,
		...(amount !== null && { amount }),
		...(quote !== null && { quote })
	};
}

export async function cardFields(view: PageView): Promise<Record<string, string>> {
	return { ...hiddenFields(view), expiry: '12 / 30', code: '737', name: 'Ada Payer' };
}
