import type { Memory } from '../world.ts';
import { attemptFaults } from './attempt-faults.ts';
import type { Books } from './books.ts';
import { eventFaults } from './event-faults.ts';
import { ledgerFaults } from './ledger-faults.ts';
import { limitFaults } from './limit-faults.ts';
import { receivedFaults } from './received-faults.ts';
import { refundFaults } from './refund-faults.ts';
import { settledFaults } from './settled-faults.ts';
import { toldFaults } from './told-faults.ts';
import { transactionFaults } from './transaction-faults.ts';
import { webhookFaults } from './webhook-faults.ts';

/** Every way in which the books do not agree with what the world outside knows. */
export function findFaults(books: Books, memory: Memory): string[] {
	return [
		...attemptFaults(books),
		...transactionFaults(books),
		...settledFaults(books),
		...receivedFaults(books),
		...refundFaults(books),
		...ledgerFaults(books),
		...limitFaults(books),
		...eventFaults(books),
		...webhookFaults(books, memory),
		...toldFaults(books, memory)
	];
}
