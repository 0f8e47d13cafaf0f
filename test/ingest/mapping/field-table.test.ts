import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fields } from '../../../ingest/mapping/fields.ts';
import { FactSchema } from '../../../ingest/records.ts';
import { describeMapping, mappingPagePath } from './field-table.ts';

test('docs/mapping.md says every field and the example as they are; `npm run docs` writes it', () => {
  assert.equal(readFileSync(mappingPagePath, 'utf8'), describeMapping());
});

/** Canonical fields that a mapping fills by other means: blocks, keys of the source, or what follows from fields. */
const filledOtherwise: Record<string, readonly string[]> = {
  thread: ['channel', 'queueId', 'agentId', 'startedAt', 'sessionGapHours'],
  link: ['threadId', 'evidence'],
  utterance: [
    'threadId',
    'nativeTime',
    'timePrecision',
    'isZoneKnown',
    'sourceText',
    'textSpans',
    'agentId',
    'handleId',
    'media',
  ],
  event: ['threadId', 'agentId', 'queueId', 'timePrecision', 'isZoneKnown'],
  measure: ['threadId', 'name', 'value', 'unit', 'occurredAt'],
  survey: ['nativeId', 'kind', 'score', 'scaleMin', 'scaleMax', 'isHigherBetter', 'comment', 'question', 'handleId'],
  handle: ['type', 'value', 'display'],
  person: ['handleId'],
  account: [],
  media: [
    'threadId',
    'nativeId',
    'kind',
    'utteranceId',
    'startedAt',
    'durationSeconds',
    'mimeType',
    'byteSize',
    'sha256',
    'address',
  ],
  participant: ['threadId', 'handleId', 'role', 'occurredAt'],
  profile: ['handleId', 'otherHandleId', 'evidence', 'occurredAt'],
};
/** The facts that a mapping makes. */
const mapped = new Set<string>([...Object.keys(filledOtherwise), 'agent', 'queue']);
const notFilled = [
  'utterance.variant',
  'utterance.textParts',
  'measure.agentId',
  'survey.deletedAt',
  'handle.role',
  'person.externalIds',
  'person.state',
  'person.mergedIntoId',
  'account.externalIds',
  'account.state',
  'account.mergedIntoId',
  'media.channelRoles',
];

test('a mapping can fill every field of the facts it makes but those named here', () => {
  const filled = new Set(Object.values(fields).flatMap(({ fills }) => fills.split(', ')));
  const missing = FactSchema.options.flatMap(({ shape }) => {
    const [fact] = shape.fact.values;
    if (!mapped.has(fact!)) return [];
    return Object.keys(shape)
      .filter((name) => !['fact', 'id', 'source', 'version'].includes(name))
      .filter((name) => !filled.has(`${fact}.${name}`) && !filledOtherwise[fact!]?.includes(name))
      .map((name) => `${fact}.${name}`);
  });
  assert.deepEqual(missing, notFilled);
});
