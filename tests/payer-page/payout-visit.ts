import { readScene } from '../../src/lib/server/payer-page/scene';
import { submitForm } from '../../src/lib/server/payer-page/submit-form';
import { viewPage, type PageView } from '../../src/lib/server/payer-page/view-page';
import { openSession, type Order } from '../../src/lib/server/sessions/open-session';
import { readPaymentOfSession } from '../../src/lib/server/payments/read-payment';
import type { Payment } from '../../src/lib/server/payments/payment';
import type { Shop } from '../payments/open-shop';
import { someOrder } from './some-order';

/** What a browser shows after a form: where it was led, or what came in the answer itself. */
interface Shown {
	path: string | null;
	view: PageView;
}

/** A payer's browser at the page of a withdrawal, without the browser. */
export interface PayoutVisit {
	token: string;
	payment(): Promise<Payment>;
	open(path?: string): Promise<PageView>;
	/** Sends a form to an address of the page. */
	send(path: string, fields: Record<string, string>): Promise<Shown>;
	/** Sends the form that a page shows, with what the payer typed. */
	fill(view: PageView, fields?: Record<string, string>): Promise<Shown>;
}

const payoutOrder: Order = {
	...someOrder,
	intent: 'withdrawal',
	amount: 10_000,
	description: null
};

export async function visitPayout(
	{ context, application }: Shop,
	order: Partial<Order> = {}
): Promise<PayoutVisit> {
	const session = await openSession(context, application, { ...payoutOrder, ...order });
	const { token } = session;
	async function sceneAt(path: string) {
		const url = new URL(path, context.config.origin);
		const scene = await readScene(context, token, url, new Headers());
		if (!scene) throw new Error('The session is gone');
		return scene;
	}
	async function open(path = `/pay/${token}`) {
		return viewPage(await sceneAt(path), 'https://shop.example/back');
	}
	async function send(path: string, fields: Record<string, string>): Promise<Shown> {
		const form = new FormData();
		for (const [name, value] of Object.entries(fields)) form.set(name, value);
		const scene = await sceneAt(path);
		const submitted = await submitForm(scene, form, '192.0.2.7');
		if ('path' in submitted) return { path: submitted.path, view: await open(submitted.path) };
		const shown = 'draft' in submitted ? submitted : submitted.refused;
		return { path: null, view: await viewPage(scene, null, shown) };
	}
	return {
		token,
		payment: () => readPaymentOfSession(context, session.id),
		open,
		send,
		fill: (view, fields = {}) => {
			const body = bodyOf(view);
			if (body.show === 'confirm') {
				const { path, attemptKey, draft } = body.form;
				const hidden = { step: 'confirm', attempt_key: attemptKey, draft };
				return send(path, { ...hidden, ...fields });
			}
			if (!('form' in body) || !body.form) throw new Error(`No form: ${body.show}`);
			return send(body.form.path, { step: body.show, ...fields });
		}
	};
}

/** What the page shows of a withdrawal that has not ended. */
export function bodyOf(view: PageView) {
	if (view.step !== 'withdrawal') throw new Error(`Not a withdrawal's page: ${view.step}`);
	return view.withdrawal;
}
