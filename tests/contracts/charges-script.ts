import { randomUUID } from 'node:crypto';
import { hearWebhooks } from '../hear-webhook';
import { payByCard } from '../pay-by-form';
import { chargesApi, createCharge } from './charges-api';
import { liveToken } from './live-token';
import { changed, commonRefusals } from './provoke';
import type { Script } from './run-examples';
import type { Stage } from './stage';

/** How the examples of the Charges API's document are run. */
export async function chargesScript(stage: Stage): Promise<Script> {
	const { app } = stage;
	const api = await chargesApi(stage, 0);
	const { client_id, client_secret } = app.demo.charges;
	const whole = {
		description: 'A watch',
		reference: 'example',
		customer: { name: 'Arwa' },
		metadata: { basket: '77' }
	};
	const newCharge = () => createCharge(stage, api.headers, { ...whole, reference: randomUUID() });
	const values: Record<string, () => unknown> = {
		reference: () => randomUUID(),
		charge: newCharge,
		return_address: () => `${app.origin}/demo/return`,
		webhook_address: () => 'http://localhost:4000/',
		client_id: () => client_id,
		client_secret: () => client_secret
	};
	const live = await liveToken(stage, 'charges');
	return {
		api,
		give: async (mark) => values[mark]?.(),
		codeOf: (body) => (Object(body) as { error?: { code?: string } }).error?.code,
		provoke: {
			...commonRefusals('authorization'),
			live_disabled: (sound) => [{ ...sound, headers: { ...sound.headers, ...live } }],
			reference_reused: (sound) => {
				const reference = randomUUID();
				return [1, 2].map((amount) =>
					changed(sound, (body) => Object.assign(body, { amount, reference }))
				);
			},
			'createToken:unauthenticated': (sound) => [
				changed(sound, (body) => Object.assign(body, { client_secret: 'guessed' }))
			],
			'listCharges:invalid': (sound) => [{ ...sound, path: `${sound.path}&limit=0` }],
			'cancelCharge:invalid': (sound) => [{ ...sound, body: '{"amount":1}' }],
			not_found: (sound) => [{ ...sound, path: sound.path.replace(/chg_\w+/, 'chg_0') }],
			not_cancelable: async (sound) => {
				const id = await newCharge();
				await payByCard(await transactionUrl(id));
				return [{ ...sound, path: `/v1/charges/${id}/cancel` }];
			}
		},
		hear: {
			charge: async () => {
				const [heard] = await hearWebhooks(async (post_url) => {
					const id = await createCharge(stage, api.headers, {
						...whole,
						reference: randomUUID(),
						post_url
					});
					await payByCard(await transactionUrl(id));
				});
				return JSON.parse(heard?.body ?? '');
			}
		}
	};

	async function transactionUrl(id: string): Promise<string> {
		const response = await fetch(`${app.origin}/v1/charges/${id}`, { headers: api.headers });
		return ((await response.json()) as { transaction_url: string }).transaction_url;
	}
}
