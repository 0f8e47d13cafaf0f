import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weekOf } from '../../data/demo/plan.ts';
import { incidentWeek, missedServiceLevelQueue, serviceLevelTarget, slowChannel } from '../../data/demo/truths.ts';
import { mean } from '../../models/evaluation/measure.ts';
import { on, type PlantedDemo } from './demo.ts';
import type { Found } from './links.ts';
import { groupBy, median, rounded, share } from './measures.ts';

/** How contacts went: queues, calls, answers, the week of the incident. */
export function testService({ found, span }: PlantedDemo): void {
  test('the week of the courier’s failure stands out: late deliveries, waits, mood, fewer settled', (t) => {
    const incident = found.filter(({ contact }) => weekOf(contact.at, span) === incidentWeek(span.weeks));
    const usual = found.filter(({ contact }) => weekOf(contact.at, span) < incidentWeek(span.weeks));
    const late = (list: readonly Found[]) => list.filter(({ fact }) => fact.intent === 'delivery.late').length;
    const surge = late(incident) / (late(usual) / incidentWeek(span.weeks));
    const wait = (list: readonly Found[]) =>
      median(
        list.flatMap(({ contact, fact }) =>
          contact.channel === 'voice' && fact.wait_seconds !== null ? [fact.wait_seconds] : [],
        ),
      );
    const mood = (list: readonly Found[]) => mean(list.flatMap(({ fact }) => fact.sentiment ?? []));
    const settled = (list: readonly Found[]) =>
      share(
        list.filter(({ contact }) => contact.case.matter.startsWith('delivery.')),
        ({ fact }) => fact.is_resolved,
      );
    t.diagnostic(
      `late deliveries × ${rounded(surge)}; wait ${wait(usual)} → ${wait(incident)} s; sentiment ${rounded(mood(usual))} → ${rounded(mood(incident))}; deliveries settled ${rounded(settled(usual))} → ${rounded(settled(incident))}`,
    );
    assert.ok(surge > 1.8);
    assert.ok(wait(incident) > 2 * wait(usual));
    assert.ok(mood(incident) < mood(usual) - 0.04);
    assert.ok(settled(incident) < settled(usual) - 0.12);
  });

  test('one queue misses its service level, the others keep near it on ordinary days', (t) => {
    const ordinary = on(found, 'voice').filter(({ contact }) => !contact.isIncident);
    const inTime = (list: readonly Found[]) =>
      share(list, ({ fact }) => fact.is_handled && fact.wait_seconds! <= serviceLevelTarget.seconds);
    const levels = [...groupBy(ordinary, ({ fact }) => fact.queue)].map(([queue, list]) => ({
      queue,
      level: inTime(list),
    }));
    t.diagnostic(levels.map(({ queue, level }) => `${queue} ${rounded(level)}`).join(', '));
    const missed = levels.find(({ queue }) => queue === missedServiceLevelQueue)!.level;
    assert.ok(missed < 0.3, `${missed}`);
    for (const { queue, level } of levels)
      if (queue !== missedServiceLevelQueue) assert.ok(level > missed + 0.3, `${queue} ${level}`);
  });

  test('abandoned and transferred calls are counted exactly, and each call has its agents', () => {
    for (const { contact, fact } of on(found, 'voice')) {
      const isAbandoned = contact.outcome === 'abandoned';
      const isTransferred = !isAbandoned && contact.transferTo !== undefined;
      assert.deepEqual([fact.is_abandoned, fact.was_transferred], [isAbandoned, isTransferred], contact.key);
      assert.equal(fact.agent, isAbandoned ? null : (contact.transferTo ?? contact.agent).name, contact.key);
      assert.equal(fact.agent_count, isAbandoned ? 0 : isTransferred ? 2 : 1, contact.key);
    }
    assert.ok(
      on(found, 'voice').some(({ fact }) => fact.is_abandoned) &&
        on(found, 'voice').some(({ fact }) => fact.was_transferred),
    );
  });

  test('e-mail is the channel that answers late', (t) => {
    const answered = found.filter(({ fact }) => fact.first_response_business_seconds !== null);
    const hours = [...groupBy(answered, ({ contact }) => contact.channel)]
      .filter(([channel]) => ['sms', 'whatsapp', 'email', 'ticket', 'social'].includes(channel))
      .map(([channel, list]) => ({
        channel,
        hours: median(list.map(({ fact }) => fact.first_response_business_seconds!)) / 3600,
      }));
    t.diagnostic(hours.map((one) => `${one.channel} ${one.hours.toFixed(1)} h`).join(', '));
    const slow = hours.find(({ channel }) => channel === slowChannel)!.hours;
    for (const { channel, hours: own } of hours) if (channel !== slowChannel) assert.ok(slow > 2 * own, channel);
  });

  test('tickets opened again are found exactly', () => {
    for (const { contact, turns, fact } of on(found, 'ticket')) {
      const answer = turns.findIndex(({ role }) => role === 'agent');
      const isAgain = contact.isReopened && answer >= 0 && turns.slice(answer).some(({ role }) => role === 'customer');
      assert.equal(fact.was_reopened, isAgain, contact.key);
    }
    assert.ok(on(found, 'ticket').some(({ fact }) => fact.was_reopened));
  });

  test('chats that the bot settled are told from those that it handed over', () => {
    for (const { contact, turns, fact } of on(found, 'chat'))
      assert.equal(
        fact.is_bot_only,
        turns.every(({ role }) => role !== 'agent') && turns.some(({ role }) => role === 'bot'),
        contact.key,
      );
    assert.ok(share(on(found, 'chat'), ({ fact }) => fact.is_bot_only) > 0.05);
  });
}
