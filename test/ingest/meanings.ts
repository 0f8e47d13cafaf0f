import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../../ingest/connector.ts';
import { parseAs, type ParsedUnit } from '../../ingest/parse.ts';
import type { Fact, FactOf } from '../../ingest/records.ts';
import { connectors } from '../../ingest/sources.ts';
import { contextOf, type Sample } from './contract.ts';
import { caseSamples, meaningCases } from './meaning-cases.ts';
import { fixturesOf, payloadsOf } from './samples.ts';

/**
 * What happens to things said, in words every source shares (docs/meanings.md). For each: how a unit shows it, and how
 * the code of a connector gives away that it knows it. A source claims a meaning that its code, a fixture or a real
 * payload shows.
 */
export interface Meaning {
  readonly title: string;
  readonly shows: (unit: ParsedUnit, facts: readonly Fact[]) => boolean;
  readonly code: RegExp;
}

const hasEvent = (facts: readonly Fact[], ...kinds: FactOf<'event'>['kind'][]): boolean =>
  facts.some((fact) => fact.fact === 'event' && kinds.includes(fact.kind));
const hasUtterance = (facts: readonly Fact[], is: (fact: FactOf<'utterance'>) => boolean): boolean =>
  facts.some((fact) => fact.fact === 'utterance' && is(fact));

export const meanings = {
  edit: {
    title: 'edits',
    shows: (_, facts) => hasUtterance(facts, ({ editedAt }) => editedAt !== undefined),
    code: /editedAt:/,
  },
  delete: {
    title: 'unsends, deletes',
    shows: (_, facts) => hasUtterance(facts, ({ deletedAt }) => deletedAt !== undefined),
    code: /(?<!facts\.thread\(\{(?:(?!\}\);).)*)deletedAt[:,]/s,
  },
  deleteConversation: {
    title: 'conversations deleted',
    shows: (_, facts) => facts.some((fact) => fact.fact === 'thread' && fact.deletedAt !== undefined),
    code: /facts\.thread\(\{(?:(?!\}\);).)*deletedAt\b/s,
  },
  reaction: {
    title: 'reactions',
    shows: (_, facts) => hasEvent(facts, 'reaction'),
    code: /kind: 'reaction'|: 'reaction',/,
  },
  receipt: {
    title: 'receipts',
    shows: ({ kind }, facts) => kind === 'receipt' && hasEvent(facts, 'sent', 'delivered', 'failed'),
    code: /statusLadder:.*'delivered'/,
  },
  read: { title: 'read marks', shows: (_, facts) => hasEvent(facts, 'read'), code: /statusLadder:.*'read'/ },
  typing: { title: 'typing', shows: ({ nativeKind }) => /typing/i.test(nativeKind), code: /typing/i },
  echo: {
    title: 'own messages',
    shows: (_, facts) => hasUtterance(facts, ({ role }) => role === 'agent' || role === 'bot'),
    code: /echoRule:(?!.*(only what people|do not come back))/s,
  },
  group: {
    title: 'group chats',
    shows: () => false,
    code: /textOf\(item\.group_id\)|source\.groupId|supergroup|FIRST_CHAT|in a group|In a group/,
  },
  handover: {
    title: 'handovers',
    shows: (_, facts) => hasEvent(facts, 'handed_over', 'transferred'),
    code: /'handed_over'|'transferred'/,
  },
} as const satisfies Record<string, Meaning>;

export type MeaningName = keyof typeof meanings;
export const meaningNames = Object.keys(meanings) as MeaningName[];

export interface SeenUnit {
  readonly unit: ParsedUnit;
  readonly facts: readonly Fact[];
}

export const unitsIn = (connector: Connector, samples: readonly Sample[]): SeenUnit[] =>
  samples.flatMap(({ delivery }) =>
    [...parseAs(delivery, connector, contextFor(connector, delivery))].map((unit) => ({
      unit,
      facts: unit.outcome.status === 'ok' ? unit.outcome.facts : [],
    })),
  );

const contextFor = (connector: Connector, delivery: Sample['delivery']) => ({
  ...contextOf(connector, delivery),
  settings: connector.settings.parse(meaningCases[connector.name]?.settings ?? {}),
});

/** Everything that shows what a source makes of the meanings: its fixtures, and the cases they lack. */
export const unitsOfCases = (connector: Connector): SeenUnit[] =>
  unitsIn(connector, [...fixturesOf(connector), ...caseSamples(connector)]);

const folder = join(import.meta.dirname, '../../ingest/connectors');

/** The connector's own code: its file, or the files of its folder. */
function codeOf({ name }: Connector): string {
  const file = join(folder, `${name}.ts`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const own = join(folder, name);
  return readdirSync(own)
    .filter((each) => each.endsWith('.ts'))
    .map((each) => readFileSync(join(own, each), 'utf8'))
    .join('\n');
}

/** The meanings that a source claims to know. */
export function claimsOf(connector: Connector): MeaningName[] {
  const code = codeOf(connector);
  const seen = unitsIn(connector, [...fixturesOf(connector), ...payloadsOf(connector)]);
  return meaningNames.filter((name) => {
    const { shows, code: pattern }: Meaning = meanings[name];
    return pattern.test(code) || seen.some(({ unit, facts }) => shows(unit, facts));
  });
}

export const meaningsPagePath = join(import.meta.dirname, '../../docs/meanings.md');

const table = (): string[] => [
  `| source | ${meaningNames.map((name) => meanings[name].title).join(' | ')} |`,
  `|---|${meaningNames.map(() => '---').join('|')}|`,
  ...connectors.map((connector) => {
    const seen = unitsOfCases(connector);
    const marks = meaningNames.map((name) => {
      const { shows, code }: Meaning = meanings[name];
      return code.test(codeOf(connector)) || seen.some(({ unit, facts }) => shows(unit, facts)) ? '●' : '';
    });
    return `| \`${connector.name}\` | ${marks.join(' | ')} |`;
  }),
];

/** The page with the table of what each source knows made anew, between `<!-- sources -->` and `<!-- /sources -->`. */
export function describeMeanings(page = readFileSync(meaningsPagePath, 'utf8')): string {
  const [start, end] = ['<!-- sources -->', '<!-- /sources -->'];
  return `${page.slice(0, page.indexOf(start))}${start}\n\n${table().join('\n')}\n\n${page.slice(page.indexOf(end))}`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(meaningsPagePath, describeMeanings());
