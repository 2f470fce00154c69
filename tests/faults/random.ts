/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
	/** From 0 up to, not including, `below`. */
	whole(below: number): number;
	/** True in so many of a hundred cases. */
	percent(share: number): boolean;
	/** One of them, each as often as its weight says. */
	pick<Value>(choices: readonly (readonly [weight: number, value: Value])[]): Value;
	/** A source of its own, so that what one draws does not depend on when another does. */
	fork(): Random;
}

export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	};
	const whole = (below: number) => next() % below;
	return {
		whole,
		percent: (share) => whole(100) < share,
		pick(choices) {
			const total = choices.reduce((sum, [weight]) => sum + weight, 0);
			let left = whole(total);
			for (const [weight, value] of choices) {
				if (left < weight) return value;
				left -= weight;
			}
			throw new Error('There is nothing to pick from');
		},
		fork: () => createRandom(next())
	};
}
