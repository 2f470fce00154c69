import type { Random } from '../../random.ts';
import type { World } from '../world.ts';
import { drawOrder, openVisit } from './order.ts';
import { openByKey, payDirectly } from './pay-at-once.ts';
import { livePayer } from './payer.ts';
import { watch } from './shop.ts';

/** Somebody who pays or is paid, perhaps a second time; the shop's server watches each visit. */
export async function liveVisitor(world: World, random: Random, name: string): Promise<void> {
	await world.scheduler.sleep(random.whole(60_000), 'visitor');
	const payer = `payer-${random.whole(3)}`;
	const watches: Promise<void>[] = [];
	const visits = random.percent(40) ? 2 : 1;
	for (let number = 1; number <= visits; number++) {
		const intent = random.percent(number === 1 ? 70 : 50) ? 'deposit' : 'withdrawal';
		const order = drawOrder(random, { reference: `${name}-${number}`, payer, intent });
		if (intent === 'deposit' && random.percent(25)) {
			const visit = await payDirectly(world, random, order);
			if (visit) watches.push(watch(world, random.fork(), visit));
			continue;
		}
		const visit = await (random.percent(30) ? openByKey : openVisit)(world, random, order);
		if (!visit) continue;
		watches.push(watch(world, random.fork(), visit));
		await livePayer(world, random.fork(), visit);
	}
	await Promise.all(watches);
}
