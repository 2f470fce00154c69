import { answer, get, post } from '../samples';
import {
	depositRequest,
	directRequest,
	s2sRequest,
	shortS2sRequest,
	withdrawalRequest,
	type SampleValues
} from './requests';

interface Sources extends Omit<SampleValues, 'reference'> {
	origin: string;
	/** A new id of an order, each time. */
	newReference(): string;
	/** Unix milliseconds. */
	now: number;
}

const token = 'Mtg4OakI0YSGdHPY1y4vUnGLOaMxnJJZ9BX09LQ1u3y';
const transactionId = '01930c2e-7a61-7c44-9d5e-0b1f3f0c2a11';

/** Every call of the Cashier API as it runs in a terminal, and what it answers. */
export function calls({ origin, newReference, now, ...values }: Sources) {
	const api = `${origin}/api/v1`;
	const fresh = () => ({ ...values, reference: newReference() });
	const [deposited, withdrawn] = [fresh(), fresh()];
	return {
		deposit: {
			call: post(`${api}/cashier`, depositRequest(deposited)),
			answer: answer({ token })
		},
		withdrawal: {
			call: post(`${api}/withdrawal`, withdrawalRequest(withdrawn)),
			answer: answer({ token })
		},
		approve: {
			call: post(`${api}/withdrawal/approve`, { transaction_id: withdrawn.reference }),
			answer: answer({
				message: 'Transaction Withdrawal has been approved successfully',
				transaction_status: 'pending'
			})
		},
		reject: {
			call: post(`${api}/withdrawal/reject`, { transaction_id: withdrawn.reference }),
			answer: answer({})
		},
		direct: {
			call: post(`${api}/direct`, directRequest(fresh())),
			answer: answer({
				url: `${origin}/simulator/wallet/${transactionId}`,
				transaction_id: transactionId,
				transaction_status: 'pending'
			})
		},
		s2s: {
			call: post(`${api}/s2s`, s2sRequest(fresh(), '4111111111111111')),
			answer: answer({
				url: '',
				transaction_status: 'successful',
				transaction_id: transactionId
			})
		},
		challenge: {
			call: post(`${api}/s2s`, shortS2sRequest(fresh(), '4000000000003220')),
			answer: answer({
				url: `${origin}/pay/${token}/action`,
				transaction_status: 'pending',
				transaction_id: transactionId
			})
		},
		declined: {
			call: post(`${api}/s2s`, shortS2sRequest(fresh(), '4000000000009995')),
			answer: answer({
				url: '',
				transaction_status: 'rejected',
				transaction_id: transactionId,
				error: 'The test card ending in 9995 never has enough money on it.'
			})
		},
		status: {
			call: get(`${api}/transaction/status?id=${deposited.reference}`),
			answer: answer({ transaction_status: 'pending' })
		},
		transactions: {
			call: get(`${api}/transactions?from=${dayOf(now - 86_400_000)}&to=${dayOf(now)}`),
			answer: listed
		}
	};
}

/** As the query of the list wants it. */
function dayOf(moment: number): string {
	const [year, month, day] = new Date(moment).toISOString().slice(0, 10).split('-');
	return `${day}-${month}-${year}`;
}

const listed = answer([
	{
		transaction_id: transactionId,
		gateway_transaction_id: '01930c2e-7b03-7d92-a3f0-5d6f2a1b9c77',
		provider_transaction_id: '9474883d-6c07-4205-8d89-d7ee0a6f3d7a',
		transaction_type: 'deposit',
		transaction_date: '2026-11-05 11:53:25',
		status: 'rejected',
		payment_provider: 'simulator',
		customer_id: 123,
		amount: 8.56,
		currency: 'GBP',
		user_amount: 10,
		user_currency: 'EUR',
		fx_amount: 0
	}
]);
