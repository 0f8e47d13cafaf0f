import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { FactList } from '../../../ingest/fact-list.ts';
import { isIban, isLuhn } from '../../../ingest/redact/accounts.ts';
import { redactFacts } from '../../../ingest/redact/facts.ts';
import { redact } from '../../../ingest/redact/redact.ts';
import { measureRedaction, readLabelled } from '../../../models/evaluation/redaction.ts';

const labelled = readLabelled(
  readFileSync(join(import.meta.dirname, 'redact.tsv'), 'utf8')
    .trimEnd()
    .split('\n'),
);

/** Precision and recall at least, on the labelled lines beside this file. */
const floors: Record<string, readonly [number, number]> = {
  email: [1, 1],
  card: [1, 1],
  iban: [1, 1],
  'national id': [1, 1],
  phone: [0.95, 0.95],
  address: [1, 1],
  name: [0.95, 0.95],
  'order number': [0.9, 0.95],
};

test('precision and recall of each kind stay above their floors', () => {
  assert.ok(labelled.length >= 150);
  for (const { kind, labelled: count, precision, recall } of measureRedaction(labelled)) {
    const [leastPrecision, leastRecall] = floors[kind]!;
    assert.ok(count >= 7, `${kind}: ${count} labels`);
    assert.ok(precision >= leastPrecision, `${kind}: precision ${precision}`);
    assert.ok(recall >= leastRecall, `${kind}: recall ${recall}`);
  }
});

test('spans lead back to the original text, and the kind stands in their place', () => {
  const text = 'Hi Ana 👋, write to jane@example.com or call +44 20 7946 0958.';
  const { text: masked, spans } = redact(text);
  assert.equal(masked, 'Hi Ana 👋, write to [email] or call [phone].');
  assert.deepEqual(
    spans.map(({ start, end, kind }) => [kind, text.slice(start, end)]),
    [
      ['email', 'jane@example.com'],
      ['phone', '+44 20 7946 0958'],
    ],
  );
});

test('what is masked once is not masked again', () => {
  for (const { text } of labelled) {
    const once = redact(text).text;
    assert.equal(redact(once).text, once);
  }
});

test('check digits tell a number from a slip of the pen', () => {
  assert.deepEqual([isLuhn('4111111111111111'), isLuhn('4111111111111112'), isLuhn('0')], [true, false, false]);
  assert.deepEqual([isIban('GB82 WEST 1234 5698 7654 32'), isIban('GB82 WEST 1234 5698 7654 33')], [true, false]);
});

test('facts are masked before they are stored where the configuration says so, and only there', () => {
  const facts = new FactList({ source: 'desk' }, 1);
  const threadId = facts.thread({ nativeId: 't', channel: 'email', subject: 'call +44 20 7946 0958' });
  facts.utterance({
    nativeId: 'u',
    threadId,
    text: 'mail jane@example.com',
    sourceText: 'mail jane@example.com\n> quoted',
    textSpans: [[0, 0, 21]],
  });
  facts.utterance({ nativeId: 'v', threadId, text: 'all fine' });
  facts.survey({ nativeId: 's', kind: 'csat', occurredAt: new Date(0), threadId, comment: 'Regards,\nJane Doe' });
  assert.deepEqual(redactFacts(facts.facts, normalizeConfig({})), facts.facts);
  const [thread, utterance, plain, survey] = redactFacts(
    facts.facts,
    normalizeConfig({ privacy: { redact: 'landing' } }),
  ) as any[];
  assert.equal(thread.subject, 'call [phone]');
  assert.deepEqual(
    [utterance.text, utterance.sourceText, utterance.textSpans],
    ['mail [email]', 'mail [email]\n> quoted', undefined],
  );
  assert.equal(plain, facts.facts[2]);
  assert.equal(survey.comment, 'Regards,\n[name]');
});
