import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOpen, local } from '../../../data/demo/calendar.ts';
import { agents } from '../../../data/demo/company.ts';
import type { Contact } from '../../../data/demo/contact.ts';
import { generateDemo, planDemo, writeDemo } from '../../../data/demo/generate.ts';
import { matters, phrases } from '../../../data/demo/phrase-bank.ts';
import {
  agentSkills,
  channelMatters,
  churners,
  crossChannelCustomers,
  incidentWeek,
  missedServiceLevelQueue,
  repeatShares,
  serviceLevelTarget,
  sharedHandles,
} from '../../../data/demo/truths.ts';

const endsAt = new Date('2026-10-26T04:00:00Z');
const options = { seed: 'truths', endsAt };
const contacts = planDemo(options);
const day = 86_400_000;
const weekOf = ({ at }: Contact): number => 7 - Math.floor((endsAt.getTime() - at.getTime() - 1) / (7 * day));
const share = <T>(list: readonly T[], isSuch: (item: T) => boolean): number =>
  list.filter(isSuch).length / Math.max(1, list.length);
const about = (matter: string) => contacts.filter((contact) => contact.case.matter === matter);

test('every contact reason has at least twenty-five openings', () => {
  for (const matter of matters) {
    const openings = ['sms', 'chat', 'email', 'call', 'post'].flatMap((register) => phrases(matter, register));
    assert.ok(new Set(openings).size >= 25, `${matter}: ${openings.length}`);
  }
  assert.ok(matters.length >= 22);
});

test('the truths name agents and matters that exist', () => {
  for (const { agent } of agentSkills)
    assert.ok(
      agents.some(({ name }) => name === agent),
      agent,
    );
  for (const own of Object.values(channelMatters))
    for (const matter of Object.keys(own)) assert.ok(matters.includes(matter), matter);
  for (const matter of Object.keys(repeatShares)) assert.ok(matters.includes(matter), matter);
});

test('planted customers use their channels, and their handles are theirs alone', () => {
  for (const person of crossChannelCustomers) {
    const own = contacts.filter(({ customer }) => customer.key === person.key);
    assert.deepEqual([...new Set(own.map(({ channel }) => channel))].sort(), [...person.channels].sort(), person.name);
    const others = contacts.filter(({ customer }) => customer.key !== person.key);
    assert.ok(others.every(({ customer }) => customer.phone !== person.phone && customer.email !== person.email));
  }
});

test('the files show the handles of planted customers', () => {
  const text = [...generateDemo({ ...options, scale: 0.1 })].map(({ body }) => String(body)).join('\n');
  for (const { email, phone } of [...crossChannelCustomers, ...churners]) {
    assert.ok(text.includes(email), email);
    assert.ok(text.includes(phone.slice(1)), phone);
  }
});

test('people behind one telephone or mailbox all appear', () => {
  for (const { people } of sharedHandles)
    for (const { key } of people)
      assert.ok(
        contacts.some(({ customer }) => customer.key === key),
        key,
      );
});

test('churners change channels, say that they leave, cancel on their day and are not heard of again', () => {
  for (const churner of churners) {
    const own = contacts.filter(({ customer }) => customer.key === churner.key);
    assert.equal(own.length, churner.contacts.length, churner.name);
    assert.ok(new Set(own.map(({ channel }) => channel)).size >= 2);
    const last = own.at(-1)!;
    assert.equal(last.case.matter, 'plan.cancel_service');
    assert.ok(last.isLeaving);
    const daysBeforeEnd = (endsAt.getTime() - last.at.getTime()) / day;
    assert.ok(Math.abs(daysBeforeEnd - churner.cancelDaysBeforeEnd) < 3, `${churner.name}: ${daysBeforeEnd}`);
  }
});

test('in the incident week late deliveries rise and fewer are settled', () => {
  const late = about('delivery.late');
  const inWeek = late.filter((contact) => weekOf(contact) === incidentWeek(8));
  const usual = (late.length - inWeek.length) / 7;
  assert.ok(inWeek.length > 2.5 * usual, `${inWeek.length} against ${usual}`);
  const solved = (list: readonly Contact[]) => share(list, ({ outcome }) => outcome === 'resolved');
  assert.ok(solved(inWeek) < solved(late.filter((contact) => !inWeek.includes(contact))) - 0.15);
});

test('one queue misses its service level, the others keep it on ordinary days', () => {
  const calls = contacts.filter((contact) => contact.channel === 'voice' && !contact.isIncident);
  const inTime = (isMissed: boolean) =>
    share(
      calls.filter(({ team }) => (team === missedServiceLevelQueue) === isMissed),
      ({ waitSeconds }) => waitSeconds <= serviceLevelTarget.seconds,
    );
  assert.ok(inTime(true) < 0.4, `${inTime(true)}`);
  assert.ok(inTime(false) > 0.7, `${inTime(false)}`);
  assert.ok(contacts.some(({ outcome }) => outcome === 'abandoned'));
});

test('experts settle more of their matters than their colleagues, and two agents far less', () => {
  for (const { agent, group, skill } of agentSkills) {
    const own = contacts.filter(
      ({ case: { matter }, outcome }) =>
        matter.startsWith(`${group}.`) && (outcome === 'resolved' || outcome === 'unresolved'),
    );
    const rate = (list: readonly Contact[]) => share(list, ({ outcome }) => outcome === 'resolved');
    const [mine, others] = [
      own.filter((contact) => contact.agent.name === agent),
      own.filter((contact) => contact.agent.name !== agent),
    ];
    assert.ok(mine.length >= 10, `${agent}: ${mine.length}`);
    assert.ok(
      skill > 0.5 ? rate(mine) > rate(others) + 0.08 : rate(mine) < rate(others) - 0.15,
      `${agent} ${group}: ${rate(mine)} against ${rate(others)}`,
    );
  }
});

test('some matters bring people back more often than others', () => {
  const again = (matter: string) => share(about(matter), ({ attempt }) => attempt > 1);
  for (const matter of Object.keys(repeatShares)) assert.ok(again(matter) > again('product.availability'), matter);
});

test('calls come while the service is open, most on Mondays', () => {
  const calls = contacts.filter(({ channel }) => channel === 'voice');
  assert.ok(calls.every(({ at }) => isOpen(at)));
  const byWeekday = [1, 2, 3, 4, 5, 6].map((weekday) => calls.filter(({ at }) => local(at).weekday === weekday).length);
  assert.equal(Math.max(...byWeekday), byWeekday[0]);
});

test('there are transfers, reopened tickets, bots alone, repeats and other languages', () => {
  const conversations = writeDemo(options);
  const some = (isSuch: (contact: Contact) => boolean) =>
    assert.ok(conversations.some(({ contact }) => isSuch(contact)));
  some(({ transferTo }) => transferTo !== undefined);
  some(({ isReopened }) => isReopened);
  some(({ outcome }) => outcome === 'contained');
  some(({ attempt }) => attempt >= 3);
  for (const language of ['es', 'de', 'fr'] as const) some((contact) => contact.language === language);
});
