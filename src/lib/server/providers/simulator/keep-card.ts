import { z } from 'zod';
import type { Card, CardToken, ProviderCall } from '../provider';
import { ask } from './ask';
import { cardOf } from './orders';

const tokenSchema = z.object({ token: z.string().min(1).max(128) });
const refusalSchema = z.object({ error: z.object({ message: z.string().max(1_000) }) });

/** Keeps a card. No money moves by it, so that no answer is as good as a refusal. */
export async function keepCard(
	call: ProviderCall,
	card: Card
): Promise<CardToken | { refused: string }> {
	const body = { card: cardOf(card) };
	const reply = await ask(call, { method: 'POST', path: '/cards', body });
	if (reply.kind !== 'answer') return { refused: 'The simulator did not answer.' };
	const { data } = tokenSchema.safeParse(reply.content);
	if (reply.status === 200 && data) return { token: data.token };
	const refusal = refusalSchema.safeParse(reply.content).data;
	return { refused: refusal?.error.message ?? 'The simulator’s answer is unreadable.' };
}
