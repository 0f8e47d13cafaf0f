import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readChurnRisk, type ChurnFeatures } from '../../models/churn/churn.ts';
import { readUrgency } from '../../models/routing/urgency.ts';

const quiet: ChurnFeatures = {
  hasLeft: false,
  cancelContacts: 0,
  threatContacts: 0,
  openEpisodes: 0,
  repeatContacts: 0,
  channelSwitches: 0,
  frustratedContacts: 0,
  contacts: 1,
  sentimentRecent: 0.2,
  sentimentBefore: null,
  lastSatisfaction: null,
};

test('a customer about whom nothing speaks is at low risk, without reasons', () => {
  const { score, method, reasons } = readChurnRisk(quiet);
  assert.ok(score < 0.03);
  assert.equal(method, 'rules');
  assert.deepEqual(reasons, []);
});

test('each sign raises the risk and is named', () => {
  const signs: [Partial<ChurnFeatures>, string][] = [
    [{ hasLeft: true }, 'has left'],
    [{ cancelContacts: 1 }, 'asked to cancel'],
    [{ threatContacts: 1 }, 'threatened to leave'],
    [{ openEpisodes: 1 }, 'matters left open'],
    [{ repeatContacts: 1 }, 'had to come back'],
    [{ channelSwitches: 1 }, 'changed channel'],
    [{ frustratedContacts: 1 }, 'was frustrated'],
    [{ sentimentBefore: 0.9 }, 'mood fell'],
    [{ sentimentRecent: -0.8 }, 'recent contacts negative'],
    [{ lastSatisfaction: 0 }, 'rated us low'],
  ];
  for (const [sign, reason] of signs) {
    const risk = readChurnRisk({ ...quiet, ...sign });
    assert.deepEqual(
      risk.reasons.map((one) => one.reason),
      [reason],
    );
    assert.ok(risk.score > readChurnRisk(quiet).score, reason);
  }
});

test('asking to cancel after repeats and frustration is high, the heaviest reason first', () => {
  const risk = readChurnRisk({ ...quiet, cancelContacts: 1, repeatContacts: 2, frustratedContacts: 1 });
  assert.ok(risk.score > 0.6);
  assert.equal(risk.reasons[0]!.reason, 'asked to cancel');
});

test('more of the same stops counting', () => {
  assert.equal(
    readChurnRisk({ ...quiet, repeatContacts: 4 }).score,
    readChurnRisk({ ...quiet, repeatContacts: 40 }).score,
  );
});

const calm = { sentiment: 0, frustration: 0, intents: [], waitingSeconds: 0 };

test('a plain question is of low urgency', () => {
  assert.deepEqual(readUrgency(calm), { score: 0.1, level: 'low', reasons: [] });
});

test('a stolen card is urgent for an angry customer, and the reasons say why', () => {
  const urgency = readUrgency({ ...calm, sentiment: -0.8, frustration: 0.6, intents: ['security.lost_or_stolen'] });
  assert.equal(urgency.level, 'urgent');
  assert.deepEqual(urgency.reasons, ['security.lost_or_stolen', 'negative', 'frustrated']);
});

test('waiting raises urgency for an hour and no further', () => {
  const after = (waitingSeconds: number) => readUrgency({ ...calm, waitingSeconds }).score;
  assert.ok(after(1800) > after(0) && after(3600) > after(1800));
  assert.equal(after(7200), after(3600));
});
