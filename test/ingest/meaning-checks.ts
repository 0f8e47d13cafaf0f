import assert from 'node:assert/strict';
import { Store } from '../../data/store.ts';
import { deleteOfThreads } from '../../ingest/delete-threads.ts';
import { mergeFacts } from '../../ingest/merge.ts';
import type { Fact, FactOf } from '../../ingest/records.ts';
import type { MeaningName, SeenUnit } from './meanings.ts';

/**
 * What each meaning must become in the tables, as checks over all units of a source's fixtures, in both orders. Each finds
 * its own cases there and fails where there is none: a claim without a case is not a claim.
 */
type Utterance = FactOf<'utterance'>;
type Check = (units: readonly SeenUnit[]) => Promise<void> | void;

const utterancesOf = (units: readonly SeenUnit[]): Map<string, Utterance[]> => {
  const byId = new Map<string, Utterance[]>();
  for (const fact of units.flatMap(({ facts }) => facts))
    if (fact.fact === 'utterance') byId.set(fact.id, [...(byId.get(fact.id) ?? []), fact]);
  return byId;
};

const eventsOf = (units: readonly SeenUnit[], ...kinds: FactOf<'event'>['kind'][]) =>
  units.flatMap((seen) =>
    seen.facts
      .filter((fact): fact is FactOf<'event'> => fact.fact === 'event' && kinds.includes(fact.kind))
      .map((event) => ({ event, ...seen })),
  );

/** Lands what is said of some utterances, unit by unit and in both orders, and hands out the row of each. */
async function rowsAfter(
  cases: readonly (readonly [string, readonly Utterance[]])[],
  check: (row: (id: string) => Promise<Row>) => Promise<void>,
) {
  const facts = cases.flatMap(([, each]) => each);
  const store = await (shared ??= Store.open());
  for (const order of [facts, facts.toReversed(), [...facts, ...facts]]) {
    await store.run('delete from core.utterance');
    for (const fact of order) await store.transaction((session) => mergeFacts(session, [fact]));
    await check(async (id) => {
      const rows = await store.all<Row>(
        `select text, source_text, media, role, cast(thread_id as varchar) as thread_id, occurred_at, edited_at, deleted_at
         from core.utterance where id = ?`,
        [id],
      );
      assert.equal(rows.length, 1, `${id}: expected one row`);
      return rows[0]!;
    });
  }
}

let shared: Promise<Store> | undefined;
export const closeStore = async (): Promise<void> => (await shared)?.close();

interface Row {
  text: string | null;
  source_text: string | null;
  media: string | null;
  role: string | null;
  thread_id: string;
  occurred_at: Date | null;
  edited_at: Date | null;
  deleted_at: Date | null;
}

/** An edit replaces the words in place: one row, where and when it was first said, by the same person. */
const edit: Check = async (units) => {
  const cases = [...utterancesOf(units)].filter(
    ([, facts]) =>
      facts.some(({ editedAt, text }) => editedAt && text) &&
      facts.some(({ editedAt, text }) => !editedAt && text) &&
      facts.every(({ deletedAt }) => !deletedAt),
  );
  assert.ok(cases.length > 0, 'expected fixtures with a message and its edit');
  await rowsAfter(cases, async (rowOf) => {
    for (const [id, facts] of cases) {
      const row = await rowOf(id);
      const [first, last] = [
        facts.find(({ editedAt }) => !editedAt)!,
        facts.toSorted((a, b) => b.version - a.version)[0]!,
      ];
      assert.equal(row.text, last.text, 'the words are those of the last edit');
      assert.notEqual(row.text, first.text);
      assert.ok(row.edited_at, 'it is marked as edited');
      assertInPlace(row, first, facts);
    }
  });
};

/** The row stands where its first message stood. */
function assertInPlace(row: Row, first: Utterance, facts: readonly Utterance[]): void {
  assert.deepEqual(row.occurred_at, first.occurredAt, 'it was said when it was first said');
  const roles = new Set(facts.flatMap(({ role }) => role ?? []));
  assert.ok(row.role === null ? roles.size === 0 : roles.has(row.role as 'agent'), 'by whom it was said stays known');
  assert.deepEqual([...new Set(facts.map(({ threadId }) => threadId))], [row.thread_id], 'in one and the same thread');
}

/** Words that were unsent or deleted are gone for good; that something was said, by whom and when, stays. */
const remove: Check = async (units) => {
  const cases = [...utterancesOf(units)].filter(
    ([, facts]) => facts.some(({ deletedAt }) => deletedAt) && facts.some(({ text }) => text),
  );
  assert.ok(cases.length > 0, 'expected fixtures with a message and its deletion');
  await rowsAfter(cases, async (rowOf) => {
    for (const [id, facts] of cases) {
      const row = await rowOf(id);
      assert.deepEqual([row.text, row.source_text, row.media], [null, null, null], 'nothing of the words is left');
      assert.ok(row.deleted_at, 'it is marked as deleted');
      assertInPlace(
        row,
        facts.find(({ text, editedAt }) => text && !editedAt) ?? facts.find(({ text }) => text)!,
        facts,
      );
    }
  });
};

/** With a conversation go the words of all its messages, and they do not come back, whichever delivery comes last. */
const removeConversation: Check = async (units) => {
  const gone = new Set(
    units.flatMap(({ facts }) =>
      facts.flatMap((fact) => (fact.fact === 'thread' && fact.deletedAt !== undefined ? [fact.id] : [])),
    ),
  );
  const all = units.flatMap(({ facts }) =>
    facts.filter((fact) => (fact.fact === 'thread' ? gone.has(fact.id) : isOf(fact, gone))),
  );
  assert.ok(
    all.some((fact) => fact.fact === 'utterance' && fact.text),
    'expected fixtures with a message and the deletion of its conversation',
  );
  for (const order of [all, all.toReversed(), [...all, ...all]]) {
    const store = await (shared ??= Store.open());
    for (const table of ['thread', 'utterance', 'survey']) await store.run(`delete from core.${table}`);
    for (const fact of order)
      await store.transaction(async (session) => {
        await mergeFacts(session, [fact]);
        await deleteOfThreads(session);
      });
    const words = await store.all(
      `select text from core.utterance where coalesce(text, source_text, cast(media as varchar)) is not null
       union all select comment from core.survey where comment is not null
       union all select subject from core.thread where subject is not null`,
    );
    assert.deepEqual(words, [], 'nothing of the words is left');
    const unmarked = await store.all('select native_id from core.utterance where deleted_at is null');
    assert.deepEqual(unmarked, [], 'every message is marked as deleted');
  }
};

const isOf = (fact: Fact, threads: ReadonlySet<string>): boolean =>
  (fact.fact === 'utterance' || fact.fact === 'survey') && fact.threadId !== undefined && threads.has(fact.threadId);

/** A reaction is an event on the message it is about, with the sign; taken back, its value begins with `removed`. */
const reaction: Check = (units) => {
  const cases = eventsOf(units, 'reaction');
  assert.ok(cases.length > 0, 'expected a fixture with a reaction');
  const known = utterancesOf(units);
  for (const { event, unit, facts } of cases) {
    assert.ok(event.utteranceId, 'a reaction is about a message');
    assert.ok(event.value, 'a reaction has a value');
    if (unit.kind === 'reaction')
      assert.ok(!facts.some((fact) => fact.fact === 'utterance'), 'a reaction is nothing said');
    for (const said of known.get(event.utteranceId) ?? [])
      assert.equal(event.threadId, said.threadId, 'a reaction stands in the thread of its message');
  }
  assert.ok(
    cases.some(({ event }) => known.has(event.utteranceId!)),
    'expected a reaction to a message of the fixtures',
  );
};

/** A receipt is an event on our message; it adds no words, and none of the customer's. */
const receipt: Check = (units) => {
  const cases = eventsOf(units, 'sent', 'delivered', 'failed').filter(
    ({ unit, event }) => unit.kind === 'receipt' || (event.utteranceId && event.kind !== 'failed'),
  );
  assert.ok(cases.length > 0, 'expected a fixture with a receipt');
  for (const { event, unit, facts } of cases) {
    assert.ok(event.utteranceId ?? /^until \d{4}-/.test(event.value ?? ''), 'of one message, or until a time');
    if (unit.kind === 'receipt') assertSaysNothing(facts);
  }
};

/** A read mark is an event on the message, or, where it covers all up to a time, on the thread with `until <time>`. */
const read: Check = (units) => {
  const cases = eventsOf(units, 'read');
  assert.ok(cases.length > 0, 'expected a fixture with a read mark');
  for (const { event, unit, facts } of cases) {
    assert.ok(event.utteranceId ?? /^until \d{4}-/.test(event.value ?? ''), 'of one message, or until a time');
    if (unit.kind === 'receipt') assertSaysNothing(facts);
  }
};

const assertSaysNothing = (facts: readonly Fact[]): void =>
  assert.ok(
    !facts.some((fact) => fact.fact === 'utterance' && fact.text !== undefined && fact.isAutomatic !== true),
    'a receipt is nothing said',
  );

/** Typing is nothing: the unit is counted as ignored or left out with a reason, and gives no fact. */
const typing: Check = (units) => {
  const cases = units.filter(({ unit }) => /typing/i.test(unit.nativeKind));
  assert.ok(cases.length > 0, 'expected a fixture with a typing mark');
  for (const { unit, facts } of cases) {
    assert.ok(unit.outcome.status === 'ignored' || unit.outcome.status === 'drop', unit.outcome.status);
    assert.deepEqual(facts, []);
  }
};

/** What the business sent from any tool is an agent's or a bot's utterance, once, and makes nobody a customer. */
const echo: Check = async (units) => {
  const cases = [...utterancesOf(units)].filter(([, facts]) =>
    facts.some(({ role }) => role === 'agent' || role === 'bot'),
  );
  assert.ok(cases.length > 0, 'expected a fixture with a message of our own');
  const customers = new Set(
    units.flatMap(({ facts }) =>
      facts.flatMap((fact) =>
        fact.fact === 'participant' && fact.role === 'customer' ? [`${fact.threadId} ${fact.handleId}`] : [],
      ),
    ),
  );
  for (const [, facts] of cases)
    for (const { role, threadId, handleId } of facts)
      if (role === 'agent' || role === 'bot')
        assert.ok(!customers.has(`${threadId} ${handleId}`), 'our own words make nobody a customer');
  await rowsAfter(cases, async (rowOf) => {
    for (const [id, facts] of cases) {
      const roles = new Set(facts.flatMap(({ role }) => role ?? []));
      assert.ok(roles.has((await rowOf(id)).role as 'agent'));
    }
  });
};

/** In a group everybody speaks for themselves: speakers are never customers of one and the same thread. */
const group: Check = (units) => {
  const speakers = new Map<string, Set<string>>();
  for (const [, facts] of utterancesOf(units))
    for (const { threadId, handleId, role } of facts)
      if (handleId && role === 'customer') speakers.set(threadId, (speakers.get(threadId) ?? new Set()).add(handleId));
  assert.ok(speakers.size > 1, 'expected a fixture with several speakers');
  for (const [threadId, handles] of speakers)
    assert.equal(handles.size, 1, `${threadId}: speakers of one thread would be taken for one person`);
};

/** A handover is an event at its time in the thread of the conversation; it is nothing said. */
const handover: Check = (units) => {
  const cases = eventsOf(units, 'handed_over', 'transferred');
  assert.ok(cases.length > 0, 'expected a fixture with a handover');
  const threads = new Set(
    units.flatMap(({ facts }) =>
      facts.flatMap((fact) =>
        fact.fact === 'thread' || fact.fact === 'utterance' ? [fact.fact === 'thread' ? fact.id : fact.threadId] : [],
      ),
    ),
  );
  for (const { event } of cases) assert.ok(threads.has(event.threadId), 'a handover stands in a known thread');
};

export const checks: Record<MeaningName, Check> = {
  edit,
  delete: remove,
  deleteConversation: removeConversation,
  reaction,
  receipt,
  read,
  typing,
  echo,
  group,
  handover,
};
