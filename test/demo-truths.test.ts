import { after } from 'node:test';
import { openDemo } from './truths/demo.ts';
import { testMeaning } from './truths/meaning.ts';
import { testPeople } from './truths/people.ts';
import { testService } from './truths/service.ts';
import { testSources } from './truths/sources.ts';

/**
 * The whole pipeline over the demo, once, with the real model: what was planted has to come out at the other end. What
 * the sources state (calls, transfers, status, deletions) is compared exactly; what models read is held to floors a few
 * points under what was measured when they were set, so that a loss shows and chance does not.
 */
const weeks = 8;
const endsAt = new Date('2026-10-26T04:00:00Z');
const startsAt = new Date(endsAt.getTime() - weeks * 7 * 86_400_000);

const demo = await openDemo({ startsAt, endsAt, weeks, scale: 0.4 }, 'truths');
after(() => demo.store.close());

testSources(demo);
testPeople(demo);
testService(demo);
testMeaning(demo);
