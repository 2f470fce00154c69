import { randomUUID } from 'node:crypto';
import { hearWebhooks } from '../hear-webhook';
import { cashierApi, openWithdrawal, requestPayout, today } from './cashier-api';
import { changed, commonRefusals } from './provoke';
import type { Provoke, Script } from './run-examples';
import type { SoundRequest } from './sound-request';
import type { Stage } from './stage';

/** How the examples of the Cashier API's document are run. */
export async function cashierScript(stage: Stage): Promise<Script> {
	const api = await cashierApi(stage, 0);
	const { cashier } = stage.app.demo;
	const liveKey = api.strangers.at(-1) ?? {};
	const values: Record<string, () => unknown> = {
		reference: () => randomUUID(),
		withdrawal: () => requestPayout(stage),
		transaction: async () => (await openWithdrawal(stage)).reference,
		day: today,
		return_address: () => `${stage.app.origin}/demo/return`,
		provider: () => cashier.provider_id,
		routing: () => cashier.routing_id
	};
	const decide = (word: string, sound: SoundRequest) => ({
		...sound,
		path: `/api/v1/withdrawal/${word}`
	});
	const other: Provoke = (sound, { operationId }) => [
		decide(operationId === 'rejectWithdrawal' ? 'approve' : 'reject', sound),
		sound
	];
	return {
		api,
		give: async (mark) => values[mark]?.(),
		codeOf: (body) => (Object(body) as { code?: string }).code,
		provoke: {
			...commonRefusals('x-api-key'),
			live_disabled: (sound) => [{ ...sound, headers: { ...sound.headers, ...liveKey } }],
			wrong_mode: (sound) => [
				changed(sound, ({ request }) => Object.assign(request ?? {}, { mode: 'live' }))
			],
			reference_reused: (sound) => [
				sound,
				changed(sound, ({ request }) =>
					Object.assign(request ?? {}, { amount: 99, currency: 'USD' })
				)
			],
			'payByCard:invalid': (sound) => [
				changed(sound, ({ request }) => Object.assign(request ?? {}, { currency: 1 }))
			],
			not_found: (sound) => [
				sound.body === undefined
					? { ...sound, path: sound.path.replace(/=.*/, '=nobody') }
					: { ...sound, body: '{"transaction_id":"nobody"}' }
			],
			not_requested: async (sound) => {
				const { reference } = await openWithdrawal(stage);
				return [{ ...sound, body: JSON.stringify({ transaction_id: reference }) }];
			},
			already_decided: other
		},
		hear: {
			transaction: async () => {
				const [heard] = await hearWebhooks(async (address) => {
					const settings = { webhook_url: address };
					const request = { mode: 'test', user_id: 1, tracking_id: randomUUID(), settings };
					const body = {
						request: { ...request, amount: 10, currency: 'EUR' },
						card_details: {
							holder_name: 'John Doe',
							card_number: '4242424242424242',
							cvc: '444',
							exp_month: '05',
							exp_year: '2035'
						}
					};
					await fetch(`${stage.app.origin}/api/v1/s2s`, {
						method: 'POST',
						headers: { ...api.headers, 'content-type': 'application/json' },
						body: JSON.stringify(body)
					});
				});
				return JSON.parse(heard?.body ?? '');
			}
		}
	};
}
