import type { Memory } from '../world';
import type { Books } from './books';

/** Spoils books, if there is in them what it takes; else gives a falsy value. */
export type Spoil = (books: Books, memory: Memory) => unknown;

/** Changes the first row that fits. */
export function change<Row extends object>(
	rows: Row[],
	columns: Partial<Row>,
	fits: (row: Row) => boolean = () => true
): boolean {
	const row = rows.find(fits);
	return row !== undefined && Object.assign(row, columns) === row;
}

/** Takes the first row out that fits. */
export function lose<Row>(rows: Row[], fits: (row: Row) => boolean = () => true): boolean {
	const index = rows.findIndex(fits);
	return index >= 0 && rows.splice(index, 1).length === 1;
}

/** Puts the first row that fits in again, a little changed. */
export function double<Row>(
	rows: Row[],
	columns: Partial<Row>,
	fits: (row: Row) => boolean = () => true
): boolean {
	const row = rows.find(fits);
	return row !== undefined && rows.push({ ...row, ...columns }) > 0;
}

export const isPaid = ({ state }: { state: string }) => state === 'succeeded';
export const isOver = ({ state }: { state: string }) => state === 'declined';
export const isCard = ({ kind }: { kind: string }) => kind === 'card';
export const isPayout = ({ kind }: { kind: string }) => kind.endsWith('payout');
export const isDeposit = ({ intent }: { intent: string }) => intent === 'deposit';
export const isWithdrawal = ({ intent }: { intent: string }) => intent === 'withdrawal';
