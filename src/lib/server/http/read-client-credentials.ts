import { z } from 'zod';
import { BusinessError, type FieldError } from '$lib/server/errors';
import type { ClientCredentials } from '$lib/server/merchants/api-clients';
import { invalid } from './faults';
import { readBody, requireJson } from './read-body';
import { isJsonNumber, readStrictJson, type JsonValue } from './read-strict-json';

/** Bytes; two names and two secrets are far less. */
const MAX_BODY = 8 * 1024;

const FORM = 'application/x-www-form-urlencoded';

/** What the documents of the APIs say of the body that is read here. */
export const credentialsBody = {
	schema: z.object({
		client_id: z.string().meta({ 'x-fresh': 'client_id' }),
		client_secret: z.string().meta({ 'x-fresh': 'client_secret' }),
		grant_type: z
			.string()
			.nullish()
			.meta({ examples: ['client_credentials'] })
	}),
	types: ['application/json', FORM]
};

/** What a call for a token says; null: nothing. */
type Said = Record<'client_id' | 'client_secret' | 'grant_type', string | null>;

/**
 * Who asks for an access token: in JSON, in a form, or in an `Authorization: Basic` header, as OAuth
 * clients do (RFC 6749, 2.3.1). What else is said is not read. Whether the grant is one that is given
 * is up to the caller; null: none was named.
 *
 * @throws BusinessError `invalid` naming what is missing or said twice, `unreadable`, `too_large`,
 * `unsupported_content_type`, and `unauthenticated` for a header that is not readable
 */
export async function readClientCredentials(
	request: Request
): Promise<ClientCredentials & { grantType: string | null }> {
	const basic = readBasic(request.headers.get('authorization'));
	const body = await readBody(request, MAX_BODY);
	const said = body.length === 0 && basic ? nothing : readSaid(request, body);
	const faults: FieldError[] = [];
	const one = (field: 'client_id' | 'client_secret') => {
		if (basic && said[field] !== null) faults.push({ field, message: 'must be given once' });
		const value = basic?.[field] ?? said[field];
		if (value !== null && /^[\x21-\x7e]{1,255}$/.test(value)) return value;
		faults.push({ field, message: 'must be text of 1 to 255 visible ASCII characters' });
		return '';
	};
	const [clientId, clientSecret] = [one('client_id'), one('client_secret')];
	if (faults.length > 0) throw invalid(faults);
	return { clientId, clientSecret, grantType: said.grant_type };
}

const nothing: Said = { client_id: null, client_secret: null, grant_type: null };

function readBasic(header: string | null): Pick<Said, 'client_id' | 'client_secret'> | undefined {
	const [, encoded] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header ?? '') ?? [];
	if (encoded === undefined) {
		if (header === null) return undefined;
		throw new BusinessError('unauthenticated', 'The Authorization header is not readable as Basic');
	}
	const [, id = '', secret = ''] =
		/^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('latin1')) ?? [];
	return { client_id: unescape(id), client_secret: unescape(secret) };
}

/** Both parts are written as in a form, which changes nothing in those that we give out. */
function unescape(written: string): string {
	return new URLSearchParams(`part=${written.replaceAll('&', '%26')}`).get('part') ?? '';
}

function readSaid(request: Request, body: Uint8Array): Said {
	const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
	if (type === FORM) return readForm(new TextDecoder().decode(body));
	requireJson(request);
	const json = readStrictJson(body);
	if (!isObject(json)) throw invalid([{ field: 'body', message: 'must be an object' }]);
	return saidOf((name) => json[name]);
}

function readForm(text: string): Said {
	const form = new URLSearchParams(text);
	for (const field of Object.keys(nothing)) {
		const isOnce = form.getAll(field).length <= 1;
		if (!isOnce) throw invalid([{ field, message: 'must be given once' }]);
	}
	return saidOf((name) => form.get(name));
}

function isObject(json: JsonValue): json is Record<string, JsonValue> {
	return typeof json === 'object' && json !== null && !Array.isArray(json) && !isJsonNumber(json);
}

/** @throws BusinessError `invalid` for what is there and no text */
function saidOf(valueOf: (name: keyof Said) => JsonValue | undefined): Said {
	const read = (field: keyof Said): string | null => {
		const value = valueOf(field) ?? null;
		if (value === null || typeof value === 'string') return value;
		throw invalid([{ field, message: 'must be text' }]);
	};
	return {
		client_id: read('client_id'),
		client_secret: read('client_secret'),
		grant_type: read('grant_type')
	};
}
