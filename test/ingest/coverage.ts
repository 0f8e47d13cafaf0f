import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../../ingest/connector.ts';
import type { Fact } from '../../ingest/records.ts';
import { connectors } from '../../ingest/sources.ts';
import { describeTrust } from '../../ingest/trust.ts';
import { factsOfSample } from './contract.ts';
import { fixturesOf } from './samples.ts';

/**
 * Writes docs/sources.md: what each source accepts, how it is trusted, and which canonical facts its fixtures fill.
 * Run by `npm run docs`; a test fails where the page is not what the code says.
 */
export const coveragePath = join(import.meta.dirname, '../../docs/sources.md');

/** Columns of the coverage table: a title, and whether a fact shows that the source fills it. */
const fields: readonly [string, (fact: Fact) => boolean][] = [
  ['words', (fact) => fact.fact === 'utterance' && fact.text !== undefined],
  ['edits', (fact) => fact.fact === 'utterance' && fact.editedAt !== undefined],
  ['deletes', (fact) => 'deletedAt' in fact && fact.deletedAt !== undefined],
  ['notes', (fact) => fact.fact === 'utterance' && fact.visibility === 'internal'],
  ['bots', (fact) => fact.fact === 'utterance' && fact.role === 'bot'],
  ['media', (fact) => fact.fact === 'utterance' && (fact.media?.length ?? 0) > 0],
  ['receipts', (fact) => fact.fact === 'event' && ['sent', 'delivered', 'read', 'failed'].includes(fact.kind)],
  ['queue and answer', (fact) => fact.fact === 'event' && ['queued', 'answered', 'abandoned'].includes(fact.kind)],
  ['status', (fact) => fact.fact === 'thread' && fact.status !== undefined],
  ['handles', (fact) => fact.fact === 'participant' && fact.role === 'customer'],
  ['profiles', (fact) => fact.fact === 'profile'],
  ['people', (fact) => fact.fact === 'person'],
  ['companies', (fact) => fact.fact === 'account'],
  ['agents', (fact) => fact.fact === 'agent'],
  ['measures', (fact) => fact.fact === 'measure'],
  ['surveys', (fact) => fact.fact === 'survey'],
];

export function describeCoverage(): string {
  return `${[
    '# Sources',
    '',
    'Made from the code by `npm run docs`: what each source accepts, how its webhooks are trusted, and which canonical facts its fixtures fill (●). A source that signs nothing needs a secret in its path.',
    '',
    `| source | | formats | trust | channels | fixtures | ${fields.map(([title]) => title).join(' | ')} |`,
    `|---|---|---|---|---|---|${fields.map(() => '---').join('|')}|`,
    ...connectors.map(describeSource),
    '',
    '## What makes a conversation, and whose messages are ours',
    '',
    '| source | thread | own messages |',
    '|---|---|---|',
    ...connectors.map(
      ({ name, threadKey, echoRule }) => `| \`${name}\` | ${cell(threadKey)} | ${cell(echoRule ?? '')} |`,
    ),
  ].join('\n')}\n`;
}

function describeSource(connector: Connector): string {
  const fixtures = fixturesOf(connector);
  const facts = fixtures.flatMap((sample) => factsOfSample(connector, sample));
  const marks = fields.map(([, shows]) => (facts.some(shows) ? '●' : ''));
  const { name, title, docs, formats, trust, channels } = connector;
  const head = [
    `\`${name}\``,
    docs[0] ? `[${title}](${docs[0]})` : title,
    formats.join(', '),
    describeTrust(trust),
    channels.join(', '),
    fixtures.length,
  ];
  return `| ${[...head, ...marks].join(' | ')} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

if (process.argv[1] === import.meta.filename) writeFileSync(coveragePath, describeCoverage());
