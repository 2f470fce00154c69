import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { describeOperation, type Described } from '$lib/server/http/describe-operation';
import { answers } from './answers';
import * as examples from './examples';
import { bearerCodes, refusals } from './openapi-refusals';
import { shapes } from './request-shapes';

/** The merchant's own affairs, in the API's document: applications and their client tokens. */

const applicationId = z.string().meta({
	description: 'The application’s id.',
	examples: [examples.applicationRead.data.id],
	'x-fresh': 'application_id'
});

/** One that nothing else belongs to, so that it can be deleted. */
const deletedId = applicationId.meta({ 'x-fresh': 'application_to_delete' });

const tokenId = z.string().meta({
	description: 'The token’s id.',
	examples: [examples.tokens.data[0]?.id ?? ''],
	'x-fresh': 'token_id'
});

type Affair = Omit<Described, 'tag' | 'description' | 'codes'> & Partial<Described>;

function affair({ description, codes = [], ...rest }: Affair) {
	const asks = 'Asks for an OAuth2 access token.';
	return describeOperation(refusals, {
		...rest,
		tag: 'Applications',
		description: description ? `${description} ${asks}` : asks,
		codes: [...bearerCodes, ...codes]
	});
}

const listApplications = affair({
	operationId: 'listApplications',
	summary: 'Your applications',
	answer: answers.applications,
	samples: { found: { answer: examples.applications } }
});

const createApplication = affair({
	operationId: 'createApplication',
	summary: 'Make an application',
	body: { schema: shapes.application, isKeyed: true },
	answer: answers.application,
	status: 201,
	samples: examples.application
});

const readApplication = affair({
	operationId: 'readApplication',
	summary: 'One application',
	path: z.object({ id: applicationId }),
	answer: answers.application,
	codes: ['not_found'],
	samples: { found: { answer: examples.applicationRead } }
});

const changeApplication = affair({
	operationId: 'changeApplication',
	summary: 'Change an application',
	description: 'What is left out stays as it is.',
	path: z.object({ id: applicationId }),
	body: { schema: shapes.applicationChange },
	answer: answers.application,
	codes: ['not_found'],
	samples: examples.applicationChange
});

const deleteApplication = affair({
	operationId: 'deleteApplication',
	summary: 'Delete an application',
	description: 'Its tokens stop within a second; its payments go on.',
	path: z.object({ id: deletedId }),
	answer: answers.application,
	codes: ['not_found'],
	samples: { deleted: { answer: examples.applicationGone } }
});

const listTokens = affair({
	operationId: 'listTokens',
	summary: 'The client tokens of an application',
	description: 'Without their texts.',
	path: z.object({ id: applicationId }),
	answer: answers.tokens,
	codes: ['not_found'],
	samples: { found: { answer: examples.tokens } }
});

const createToken = affair({
	operationId: 'createClientToken',
	summary: 'Make a client token',
	description: 'This answer alone has its text.',
	path: z.object({ id: applicationId }),
	body: { schema: shapes.token, isKeyed: true },
	answer: answers.newToken,
	status: 201,
	codes: ['not_found'],
	samples: examples.clientToken
});

const revokeToken = affair({
	operationId: 'revokeClientToken',
	summary: 'Revoke a client token',
	description: 'It stops within a second.',
	path: z.object({ id: applicationId, tokenId }),
	answer: answers.token,
	codes: ['not_found'],
	samples: { revoked: { answer: examples.tokenGone } }
});

export const affairs: ZodOpenApiPathsObject = {
	'/api/payment-applications': { get: listApplications, post: createApplication },
	'/api/payment-applications/{id}': {
		get: readApplication,
		put: changeApplication,
		delete: deleteApplication
	},
	'/api/payment-applications/{id}/tokens': { get: listTokens, post: createToken },
	'/api/payment-applications/{id}/tokens/{tokenId}': { delete: revokeToken }
};
