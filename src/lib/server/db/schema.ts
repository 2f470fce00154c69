import type {
	Merchants,
	Applications,
	ApplicationModes,
	ApiKeys,
	ApiClients,
	AccessTokens,
	MerchantSettings,
	Payers
} from './merchant-tables';
import type {
	Events,
	WebhookDeliveries,
	WebhookTries,
	Notifications,
	IdempotentAnswers,
	RateCounts
} from './message-tables';
import type {
	Sessions,
	Transactions,
	Attempts,
	PayoutLegs,
	Instruments,
	Receipts,
	Refunds,
	UnappliedMoney,
	LedgerEntries,
	LedgerBalances
} from './payment-tables';
import type { ProviderAccounts, RoutingSets, Rates, LimitCounters } from './routing-tables';
import type {
	SimulatorPayments,
	SimulatorMessages,
	SimulatorReceipts,
	SimulatorRefunds,
	SimulatorCards
} from './simulator-tables';

/**
 * The tables as both engines hold them. Conventions: ids are UUID version 7 (sorted by time), moments
 * are integer milliseconds since 1970 (`…_at`), amounts are integers of minor units, booleans are 0
 * or 1, structured values are JSON text, `…_sealed` is encrypted with the key id beside the text.
 */
export interface Schema {
	merchants: Merchants;
	applications: Applications;
	application_modes: ApplicationModes;
	api_keys: ApiKeys;
	api_clients: ApiClients;
	access_tokens: AccessTokens;
	merchant_settings: MerchantSettings;
	payers: Payers;
	provider_accounts: ProviderAccounts;
	routing_sets: RoutingSets;
	rates: Rates;
	limit_counters: LimitCounters;
	sessions: Sessions;
	transactions: Transactions;
	attempts: Attempts;
	payout_legs: PayoutLegs;
	instruments: Instruments;
	receipts: Receipts;
	refunds: Refunds;
	unapplied_money: UnappliedMoney;
	ledger_entries: LedgerEntries;
	ledger_balances: LedgerBalances;
	events: Events;
	webhook_deliveries: WebhookDeliveries;
	webhook_tries: WebhookTries;
	notifications: Notifications;
	idempotent_answers: IdempotentAnswers;
	rate_counts: RateCounts;
	simulator_payments: SimulatorPayments;
	simulator_messages: SimulatorMessages;
	simulator_receipts: SimulatorReceipts;
	simulator_refunds: SimulatorRefunds;
	simulator_cards: SimulatorCards;
}

export type Mode = 'test' | 'live';
export type Dialect = 'cashier' | 'charges' | 'checkout';
export type Intent = 'deposit' | 'withdrawal';
export type Flag = 0 | 1;
