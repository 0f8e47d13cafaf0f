import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentSkills, channelMatters, churners, repeatShares } from '../../data/demo/truths.ts';
import { areaUnderCurve, mean } from '../../models/evaluation/measure.ts';
import { customersOf, type PlantedDemo } from './demo.ts';
import type { Fact, Found } from './links.ts';
import { groupBy, median, rounded, share } from './measures.ts';

/** What the models read, held to floors a few points under what was measured. */
export function testMeaning({ store, found, readable }: PlantedDemo): void {
  test('the reason of a contact is read far above chance on every channel', (t) => {
    const floors: Record<string, number> = {
      voice: 0.45,
      email: 0.5,
      ticket: 0.48,
      whatsapp: 0.38,
      sms: 0.37,
      chat: 0.33,
      social: 0.25,
    };
    const isRight = ({ contact, fact }: Found) => fact.intent === contact.case.matter;
    const isNear = ({ contact, fact }: Found) => fact.intent_group === contact.case.matter.split('.')[0];
    for (const [channel, floor] of Object.entries(floors)) {
      const own = readable.filter(({ contact }) => contact.channel === channel);
      t.diagnostic(
        `${channel}: ${own.length}, reason ${rounded(share(own, isRight))}, group ${rounded(share(own, isNear))}`,
      );
      assert.ok(share(own, isRight) > floor, `${channel}: ${share(own, isRight)}`);
    }
  });

  test('channels carry the matters planted on them', (t) => {
    const written = readable.filter(({ contact }) => contact.channel !== 'video');
    const lifts = Object.entries(channelMatters).flatMap(([channel, matters]) =>
      Object.entries(matters).flatMap(([matter, factor]) => {
        const own = written.filter(({ contact }) => contact.channel === channel);
        const others = written.filter(({ contact }) => contact.channel !== channel);
        const isSuch = ({ fact }: Found) => fact.intent === matter;
        const isMeant = ({ contact }: Found) => contact.case.matter === matter;
        // Few contacts have some of these matters: where chance put fewer of them here, there is nothing to be read.
        return factor >= 3 && own.length > 0 && share(own, isMeant) > share(others, isMeant)
          ? [{ name: `${channel} ${matter}`, own: share(own, isSuch), others: share(others, isSuch) }]
          : [];
      }),
    );
    const risen = share(lifts, ({ own, others }) => own > others);
    const lift = mean(lifts.map(({ own }) => own)) / mean(lifts.map(({ others }) => others));
    t.diagnostic(
      `${lifts.length} planted matters: ${rounded(risen)} more often on their channel, ${rounded(lift)} times as often`,
    );
    assert.ok(
      risen >= 0.8,
      lifts
        .filter(({ own, others }) => own <= others)
        .map(({ name }) => name)
        .join(', '),
    );
    assert.ok(lift > 1.8, `${lift}`);
  });

  test('Spanish, German and French are marked as unsupported and never scored', async (t) => {
    const foreign = found.filter(({ contact }) => contact.language !== 'en');
    const isMarked = ({ contact, fact }: Found) =>
      fact.language === contact.language && !fact.is_scored && fact.intent === null;
    t.diagnostic(`${foreign.length} contacts in other languages, ${rounded(share(foreign, isMarked))} marked`);
    assert.ok(foreign.length >= 10 && share(foreign, isMarked) >= 0.9);
    const [values] = await store.all(
      'select count(sentiment) + count(frustration) + count(intent) + count(act) as scored from signal.utterance where not is_supported',
    );
    assert.deepEqual(values, { scored: 0 });
    const isMistaken = ({ fact }: Found) => fact.language !== null && fact.language !== 'en';
    assert.ok(share(readable, isMistaken) < 0.005);
  });

  test('agents resolve more of what they are good at than their colleagues, and the two who are not far less', (t) => {
    const facts = [...new Map(found.map(({ fact }) => [fact.interaction_id, fact])).values()];
    const handled = facts.filter(
      ({ agent, intent, is_handled: isHandled }) => agent !== null && intent !== null && isHandled,
    );
    const isResolved = (fact: Fact) => fact.is_resolved;
    const compared = agentSkills.map(({ agent, group, skill }) => {
      const matter = handled.filter((fact) => fact.intent_group === group);
      const own = matter.filter((fact) => fact.agent === agent);
      const others = matter.filter((fact) => fact.agent !== agent);
      t.diagnostic(
        `${agent}, ${group}: ${rounded(share(own, isResolved))} of ${own.length}, others ${rounded(share(others, isResolved))} of ${others.length}`,
      );
      return { isExpert: skill > 0.5, own, difference: share(own, isResolved) - share(others, isResolved) };
    });
    // One agent has a dozen or two of a matter: the direction is held for all taken together, by how many there were.
    const differenceOf = (isExpert: boolean) => {
      const list = compared.filter((one) => one.isExpert === isExpert);
      return (
        list.reduce((sum, { own, difference }) => sum + own.length * difference, 0) /
        list.reduce((sum, { own }) => sum + own.length, 0)
      );
    };
    assert.ok(differenceOf(true) > 0.08, `experts ${differenceOf(true)}`);
    assert.ok(differenceOf(false) < -0.1, `the others ${differenceOf(false)}`);
  });

  test('where people have to come back, contacts show as repeated, and the channel changes', (t) => {
    const counted = found.filter(({ fact }) => fact.is_repeat_contact !== null);
    const isRepeat = ({ fact }: Found) => fact.is_repeat_contact === true;
    const isAgain = ({ contact }: Found) =>
      contact.attempt > 1 ||
      found.some(
        ({ contact: other }) =>
          other.customer === contact.customer && other.case.order === contact.case.order && other.at < contact.at,
      );
    const [again, first] = [counted.filter(isAgain), counted.filter((one) => !isAgain(one))];
    const [planted, others] = [true, false].map((isPlanted) =>
      counted.filter(({ contact }) => contact.case.matter in repeatShares === isPlanted),
    ) as [Found[], Found[]];
    const precision = share(counted.filter(isRepeat), isAgain);
    t.diagnostic(
      `repeats: recall ${rounded(share(again, isRepeat))}, precision ${rounded(precision)}; planted matters ${rounded(share(planted, isRepeat))}, others ${rounded(share(others, isRepeat))}`,
    );
    assert.ok(share(again, isRepeat) > 0.6);
    assert.ok(share(first, isRepeat) < 0.2);
    assert.ok(share(planted, isRepeat) > share(others, isRepeat) + 0.08);
    const isSwitch = ({ fact }: Found) => fact.is_channel_switch === true;
    assert.ok(share(again, isSwitch) > 3 * share(first, isSwitch));
  });

  test('those who leave have a far higher risk than the others, for reasons that name what happened', async (t) => {
    const customers = await store.all<{ customer_id: string; churn_risk: number; churn_reasons: string }>(
      'select customer_id, churn_risk, churn_reasons from mart.customer where churn_risk is not null',
    );
    const riskOf = new Map(customers.map((customer) => [customer.customer_id, customer]));
    const leaving = new Set(churners.map(({ key }) => key));
    const people = [...groupBy(found, ({ contact }) => contact.customer.key)].map(([key, list]) => {
      const known = [...customersOf(list)].flatMap((id) => riskOf.get(id) ?? []);
      const top = known.sort((left, right) => right.churn_risk - left.churn_risk)[0];
      return { isLeaving: leaving.has(key), risk: top?.churn_risk ?? 0, reasons: top?.churn_reasons ?? '' };
    });
    const area = areaUnderCurve(
      people.map(({ risk }) => risk),
      people.map(({ isLeaving }) => isLeaving),
    );
    const gone = people.filter(({ isLeaving }) => isLeaving);
    const names = (pattern: RegExp) => share(gone, ({ reasons }) => pattern.test(reasons));
    t.diagnostic(
      `area under the curve ${rounded(area)}; median risk ${rounded(median(gone.map(({ risk }) => risk)))}, of others ${rounded(median(people.filter(({ isLeaving }) => !isLeaving).map(({ risk }) => risk)))}`,
    );
    assert.equal(gone.length, churners.length);
    assert.ok(area > 0.94, `${area}`);
    assert.ok(median(gone.map(({ risk }) => risk)) > 0.9);
    assert.ok(names(/asked to cancel|threatened to leave/) >= 0.8, `${names(/asked to cancel|threatened to leave/)}`);
    assert.ok(names(/matters left open|had to come back/) >= 0.9);
    assert.ok(names(/changed channel/) >= 0.6);
  });
}
