import { latinDigits } from '$lib/i18n/latin-digits';
import type { Means } from '$lib/server/payments/deposit';
import { enteredOf } from './card-fields';
import { keeperOf, type Chosen } from './read-choices';
import { holdsCardNumber, readCard, readCode, type TypedCard } from './read-card';
import type { Scene } from './scene';
import type { RefusedForm } from './view-form';

/** The fields of any way's form. */
interface TypedMeans extends TypedCard {
	/** Ticked: the card is to be kept. */
	keep: string | null;
}

type Problems = Omit<RefusedForm, 'method' | 'quoted'>;

/** Reads what the payer pays with, as the form of the chosen way asks for it. */
export function readMeans(
	scene: Scene,
	{ method, kept }: Chosen,
	typed: TypedMeans
): { means: Means } | { problems: Problems } {
	if (kept) {
		const lengths = [kept.brand === 'american-express' ? 4 : 3];
		const { value, problem } = readCode(typed.code, lengths);
		if (!value) return { problems: { code: problem ?? 'card.code.problem.missing' } };
		return { means: { kind: 'kept_card', instrumentId: kept.id, securityCode: value } };
	}
	switch (method.kind) {
		case 'card': {
			const keep = typed.keep !== null && keeperOf(scene) !== null;
			const read = readCard(typed, { now: scene.now, brands: method.brands });
			if ('card' in read) return { means: { kind: 'card', card: read.card, keep } };
			return { problems: { card: enteredOf(typed, read.problems, keep) } };
		}
		case 'voucher':
			return readVoucher(typed.code);
		case 'redirect':
		case 'bank_transfer':
			return { means: { kind: method.kind } };
		default:
			throw new Error(`A deposit is never made by ${method.kind}`);
	}
}

const longestVoucher = 64;

/** A code as it is printed: letters, digits and dashes, with spaces in between where people like. */
function readVoucher(typed: string): { means: Means } | { problems: Problems } {
	const code = latinDigits(typed).replace(/\s+/g, ' ').trim();
	if (code === '') return { problems: { code: 'voucher.problem.missing' } };
	if (code.length <= longestVoucher && /^[\p{L}\d\p{Pd} ]+$/u.test(code)) {
		return { means: { kind: 'voucher', code } };
	}
	const shown = typed.length > 200 || holdsCardNumber(typed) ? '' : typed;
	return { problems: { code: 'voucher.problem.invalid', typed: shown } };
}
