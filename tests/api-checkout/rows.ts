import { randomUUID } from 'node:crypto';
import type { scopes } from '$lib/server/api-checkout/auth';
import { someCharge } from '../api-charges/stage';
import type { Call } from './stage';

/** What a call of each address is about. */
export interface Scene {
	paymentId: string;
	applicationId: string;
	/** One that no call of the suite comes with. */
	tokenId: string;
	order: object;
	chargeId: string;
}

export interface Row {
	/** A scope, the merchant's access token, a checkout's link, or nothing. */
	needs: (typeof scopes)[number] | 'oauth2' | 'link' | 'nothing';
	call(scene: Scene): Call;
	/** How it is answered to who may call, but is another merchant. */
	foreign: 200 | 201 | 404 | 422;
}

const instructed = ({ paymentId }: Scene) => `${paymentId}/provider/simulator/method/bank_transfer`;
const application = ({ applicationId }: Scene) => `/api/payment-applications/${applicationId}`;

/** The contract: apis/checkout.md. An address without a row here fails. */
export const rows: Record<string, Row> = {
	'POST /api/payment/checkout': {
		needs: 'payments.create',
		call: ({ order }) => ({ body: { ...order, reference: randomUUID() } }),
		foreign: 422
	},
	'GET /api/payment/[id]': {
		needs: 'payments.get',
		call: ({ paymentId }) => ({ path: `/api/payment/${paymentId}` }),
		foreign: 404
	},
	'GET /api/payment/[id]/provider/[provider]/method/[method]': {
		needs: 'payments.user-instructions.get',
		call: (scene) => ({ path: `/api/payment/${instructed(scene)}` }),
		foreign: 404
	},
	'GET /api/checkout/[id]/payment-methods': {
		needs: 'link',
		call: ({ paymentId }) => ({ path: `/api/checkout/${paymentId}/payment-methods` }),
		foreign: 404
	},
	'GET /api/checkout/payment/[id]/provider/[provider]/method/[method]': {
		needs: 'link',
		call: (scene) => ({ path: `/api/checkout/payment/${instructed(scene)}` }),
		foreign: 404
	},
	'GET /api/payment-applications': {
		needs: 'oauth2',
		call: () => ({ path: '/api/payment-applications' }),
		foreign: 200
	},
	'POST /api/payment-applications': {
		needs: 'oauth2',
		call: () => ({
			path: '/api/payment-applications',
			body: { name: 'Another', url: 'https://shop.example', secret: 'sixteen or more of them' }
		}),
		foreign: 201
	},
	'GET /api/payment-applications/[id]': {
		needs: 'oauth2',
		call: (scene) => ({ path: application(scene) }),
		foreign: 404
	},
	'PUT /api/payment-applications/[id]': {
		needs: 'oauth2',
		call: (scene) => ({ method: 'PUT', path: application(scene), body: { name: 'Renamed' } }),
		foreign: 404
	},
	'DELETE /api/payment-applications/[id]': {
		needs: 'oauth2',
		call: (scene) => ({ method: 'DELETE', path: application(scene) }),
		foreign: 404
	},
	'GET /api/payment-applications/[id]/tokens': {
		needs: 'oauth2',
		call: (scene) => ({ path: `${application(scene)}/tokens` }),
		foreign: 404
	},
	'POST /api/payment-applications/[id]/tokens': {
		needs: 'oauth2',
		call: (scene) => ({
			path: `${application(scene)}/tokens`,
			body: { label: 'Another', scopes: ['payments.get'] }
		}),
		foreign: 404
	},
	'DELETE /api/payment-applications/[id]/tokens/[tokenId]': {
		needs: 'oauth2',
		call: (scene) => ({
			method: 'DELETE',
			path: `${application(scene)}/tokens/${scene.tokenId}`
		}),
		foreign: 404
	},
	'GET /api/payments': {
		needs: 'oauth2',
		call: () => ({ path: '/api/payments' }),
		foreign: 200
	},
	'GET /openapi/checkout.json': {
		needs: 'nothing',
		call: () => ({ path: '/openapi/checkout.json' }),
		foreign: 200
	},
	'POST /oauth/token': {
		needs: 'nothing',
		call: () => ({ path: '/oauth/token', body: {} }),
		foreign: 404
	}
};

/** The same for the Charges API, whose tokens are good for all of it: apis/charges.md. */
export const chargeRows: Record<string, Pick<Row, 'call' | 'foreign'> | 'public'> = {
	'GET /openapi/charges.json': 'public',
	'POST /v1/auth/token': 'public',
	'POST /v1/charges': {
		call: () => ({ path: '/v1/charges', body: someCharge() }),
		foreign: 201
	},
	'GET /v1/charges': { call: () => ({ path: '/v1/charges' }), foreign: 200 },
	'GET /v1/charges/[id]': {
		call: ({ chargeId }) => ({ path: `/v1/charges/${chargeId}` }),
		foreign: 404
	},
	'POST /v1/charges/[id]/cancel': {
		call: ({ chargeId }) => ({ path: `/v1/charges/${chargeId}/cancel`, body: {} }),
		foreign: 404
	}
};
