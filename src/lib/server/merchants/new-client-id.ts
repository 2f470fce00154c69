import type { Context } from '$lib/server/context';

/** A public name of 32 characters (apis/checkout.md); it proves nothing. */
export function newClientId({ random }: Context): string {
	return random.bytes(16).toString('hex');
}
