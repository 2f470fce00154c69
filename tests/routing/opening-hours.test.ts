import { describe, expect, test } from 'vitest';
import { isOpen } from '$lib/server/routing/opening-hours';

const office = { days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00', timeZone: 'Europe/Vienna' };
const weekendNight = { days: [5, 7], from: '22:00', until: '02:30', timeZone: 'UTC' };
const wholeSunday = { days: [7], from: '06:00', until: '06:00', timeZone: 'UTC' };

// 2026-11-20 is a Friday; Vienna is an hour ahead of UTC in winter and two in summer.
describe('opening hours', () => {
	test.each([
		['a minute before it opens', office, '2026-11-20T06:59:59Z', false],
		['as it opens', office, '2026-11-20T07:00:00Z', true],
		['in its last minute', office, '2026-11-20T16:59:59Z', true],
		['as it closes', office, '2026-11-20T17:00:00Z', false],
		['in summer, by the wall', office, '2026-07-17T06:00:00Z', true],
		['in summer, after the wall', office, '2026-07-17T16:00:00Z', false],
		['on Saturday', office, '2026-11-21T12:00:00Z', false],
		['before midnight of a day of it', weekendNight, '2026-11-20T23:59:00Z', true],
		['after midnight, on a day that is not of it', weekendNight, '2026-11-21T02:29:00Z', true],
		['as it closes after midnight', weekendNight, '2026-11-21T02:30:00Z', false],
		[
			'after midnight of a day before which it was shut',
			weekendNight,
			'2026-11-20T01:00:00Z',
			false
		],
		['after a Sunday, on Monday', weekendNight, '2026-11-23T01:00:00Z', true],
		['at midnight', { ...office, from: '00:00', timeZone: 'UTC' }, '2026-11-20T00:00:00Z', true],
		['on the evening of a whole day', wholeSunday, '2026-11-22T23:00:00Z', true],
		['to the end of a whole day', wholeSunday, '2026-11-23T05:59:00Z', true],
		['after a whole day', wholeSunday, '2026-11-23T06:00:00Z', false],
		['before a whole day', wholeSunday, '2026-11-22T05:59:00Z', false]
	])('%s', (_, hours, at, open) => {
		expect(isOpen(hours, Date.parse(at))).toBe(open);
	});
});
