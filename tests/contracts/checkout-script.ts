import { randomUUID } from 'node:crypto';
import { signLink } from '../../src/lib/server/sessions/checkout-link';
import { hearWebhooks } from '../hear-webhook';
import { payByCard } from '../pay-by-form';
import {
	checkoutApi,
	createApplication,
	createToken,
	inHours,
	openCheckout,
	type Link
} from './checkout-api';
import { liveClient, liveToken } from './live-token';
import { changed, commonRefusals } from './provoke';
import type { Provoke, Script } from './run-examples';
import type { SoundRequest } from './sound-request';
import type { Stage } from './stage';

/** How the examples of the Checkout API's document are run. */
export async function checkoutScript(stage: Stage): Promise<Script> {
	const { app, context } = stage;
	const api = await checkoutApi(stage, 0);
	const { headers } = api;
	const { checkout } = app.demo;
	const application = await createApplication(stage, headers, {
		callbackUrl: 'http://localhost:4000/',
		currencyWhitelist: ['USD', 'EUR']
	});
	await createToken(stage, headers, application, ['payments.get']);
	// Of one request after the other: its parts belong together.
	let link: Link = { id: '', expires: '', signature: '' };
	const values: Record<string, () => unknown> = {
		reference: () => randomUUID(),
		application: () => checkout.application_client_id,
		application_id: () => application,
		application_to_delete: () => createApplication(stage, headers),
		token_id: async () => (await createToken(stage, headers, application, ['*'])).id,
		payment: async () => (await openCheckout(stage, headers)).id,
		link_payment: async () => (link = await openCheckout(stage, headers)).id,
		link_expires: () => link.expires,
		link_signature: () => link.signature,
		moment: () => inHours(3),
		return_address: () => `${app.origin}/demo/return`,
		webhook_address: () => 'http://localhost:4000/',
		client_id: () => checkout.oauth_client_id,
		client_secret: () => checkout.oauth_client_secret
	};
	const live = await liveToken(stage, 'checkout');
	const scopes = ['payments.get', 'payments.create'];
	const tokens = await Promise.all(
		scopes.map((scope) => createToken(stage, headers, application, [scope]))
	);
	const [reader, creator] = tokens.map(({ token }) => ({ authorization: `Bearer ${token}` }));
	const as = (sound: SoundRequest, other: object): SoundRequest[] => [
		{ ...sound, headers: { ...sound.headers, ...other } }
	];
	const elsewhere: Provoke = (sound) => [{ ...sound, path: withOtherIds(sound.path) }];
	const byCard: Provoke = (sound) => [
		{ ...sound, path: sound.path.replace('bank_transfer', 'card') }
	];
	const ended: Provoke = async (sound) => {
		const { url, ...paid } = await payNew();
		const path = sound.path.replace(/payment\/[^/]+/, `payment/${paid.id}`);
		return [{ ...sound, path: path.replace(/\?.*/, new URL(url).search) }];
	};
	return {
		api,
		give: async (mark) => values[mark]?.(),
		codeOf: (body) => (Object(body) as { error?: string }).error,
		provoke: {
			...commonRefusals('authorization'),
			live_disabled: (sound) => as(sound, live),
			insufficient_scope: (sound, { operationId }) =>
				as(sound, (operationId === 'readPayment' ? creator : reader) ?? {}),
			reference_reused: (sound) => {
				const reference = randomUUID();
				return [1, 2].map((amount) =>
					changed(sound, (body) => Object.assign(body, { amount, reference }))
				);
			},
			'createAccessToken:unauthenticated': (sound) => [
				changed(sound, (body) => Object.assign(body, { client_secret: 'guessed' }))
			],
			'createAccessToken:live_disabled': async (sound) => {
				const credentials = await liveClient(stage, 'checkout');
				return [
					changed(sound, (body) =>
						Object.assign(body, {
							client_id: credentials.clientId,
							client_secret: credentials.clientSecret
						})
					)
				];
			},
			'listPayments:invalid': (sound) => [{ ...sound, path: `${sound.path}?page=0` }],
			'changeApplication:invalid': (sound) => [{ ...sound, body: '{"name":"x"}' }],
			'readInstructions:invalid': byCard,
			'readPayerInstructions:invalid': byCard,
			not_found: elsewhere,
			'readPayerInstructions:not_found': (sound) => [
				{ ...sound, path: sound.path.replace('bank_transfer', 'nothing') }
			],
			already_decided: ended,
			link_invalid: (sound) => [
				{ ...sound, path: sound.path.replace(/signature=./, 'signature=g') }
			],
			link_expired: (sound) => {
				const expires = '1700000000';
				const signature = signLink(context, { id: link.id, expires });
				const query = new URLSearchParams({ expires, signature });
				return [{ ...sound, path: sound.path.replace(/\?.*/, `?${query.toString()}`) }];
			}
		},
		hear: {
			payment: async () => {
				const [heard] = await hearWebhooks(async (callbackUrl) => {
					const { data } = await createShop(callbackUrl);
					await payNew(data.clientId);
				});
				return JSON.parse(heard?.body ?? '');
			}
		}
	};

	/** A payment that was paid; its link's address with it. */
	async function payNew(
		clientId = checkout.application_client_id
	): Promise<Link & { url: string }> {
		const opened = await openCheckout(stage, headers, { clientId });
		const { id, ...query } = opened;
		const url = `${app.origin}/checkout/${id}?${new URLSearchParams(query).toString()}`;
		await payByCard(url);
		return { ...opened, url };
	}

	async function createShop(callbackUrl: string) {
		const response = await fetch(`${app.origin}/api/payment-applications`, {
			method: 'POST',
			headers: { ...headers, 'content-type': 'application/json' },
			body: JSON.stringify({
				name: 'A shop that listens',
				url: 'https://shop.example',
				callbackUrl,
				secret: 'a-text-nobody-guesses'
			})
		});
		return (await response.json()) as { data: { clientId: string } };
	}
}

function withOtherIds(path: string): string {
	return path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, randomUUID());
}
