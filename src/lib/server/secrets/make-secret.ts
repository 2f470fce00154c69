import { crc32 } from 'node:zlib';
import { toBase62 } from './base62';

/** The source of randomness, from Context, so that a test can replay a seed. */
type RandomBytes = (bytes: number) => Buffer;

const secretBytes = 20;
/** 160 bits in base 62. */
const secretLength = 27;
/** 32 bits in base 62. */
const checksumLength = 6;
const webhookSecretBytes = 32;

const keyShape = new RegExp(
	`^cd_(test|live)_[0-9A-Za-z]{${secretLength}}[0-9A-Za-z]{${checksumLength}}$`
);

/**
 * A secret that people handle: `<prefix>_`, 160 random bits, and a checksum of all before it. The
 * prefix lets scanners find a leaked one, the checksum tells a typo.
 */
export function makeSecret(prefix: string, random: RandomBytes): string {
	const value = BigInt(`0x${random(secretBytes).toString('hex')}`);
	const unchecked = `${prefix}_${toBase62(value, secretLength)}`;
	return unchecked + checksum(unchecked);
}

/** A new API key. It is shown once; the database holds its `sha256`. */
export function makeApiKey(prefix: 'cd_test' | 'cd_live', random: RandomBytes): string {
	return makeSecret(prefix, random);
}

/** What a text says of itself if it can be one of our API keys; a typo needs no look-up. */
export function readApiKey(text: string): { mode: 'test' | 'live' } | undefined {
	const mode = keyShape.exec(text)?.[1];
	if (mode !== 'test' && mode !== 'live') return undefined;
	const checked = text.slice(0, -checksumLength);
	return checksum(checked) === text.slice(-checksumLength) ? { mode } : undefined;
}

/** The form that Standard Webhooks asks for: `whsec_` and base64 of 32 bytes, which are the key. */
export function makeWebhookSecret(random: RandomBytes): string {
	return `whsec_${random(webhookSecretBytes).toString('base64')}`;
}

function checksum(text: string): string {
	return toBase62(crc32(text), checksumLength);
}
