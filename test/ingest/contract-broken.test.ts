import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { defineConnector, drop, ok, type Connector } from '../../ingest/connector.ts';
import { createDelivery } from '../../ingest/deliveries.ts';
import { FactList } from '../../ingest/fact-list.ts';
import {
  checkAnyOrder,
  checkEditsAndDeletes,
  checkKeepsUnknown,
  checkMapsOrRefuses,
  checkPure,
  checkTwiceIsOnce,
  type Sample,
} from './contract.ts';

interface Note {
  id: string;
  thread: string;
  kind: 'message' | 'edit' | 'delete' | 'typing';
  time: number;
  text?: string;
}

/** A sound connector of an imaginary source; the broken ones differ from it in one point each. */
const sound = defineConnector<Note, unknown>({
  name: 'notes',
  title: 'Notes',
  version: 1,
  channels: ['chat'],
  docs: ['https://example.com/notes'],
  formats: ['json'],
  settings: z.object({}),
  trust: { scheme: 'path-secret' },
  threadKey: 'thread',
  *split(document: Note[]) {
    for (const native of document) {
      const isKnown = ['message', 'edit', 'delete'].includes(native.kind);
      yield { kind: isKnown ? (native.kind as 'message') : 'unknown', nativeKind: native.kind, native };
    }
  },
  map({ kind, native }, context) {
    const facts = new FactList(context, native.time);
    const occurredAt = new Date(native.time);
    const threadId = facts.thread({ nativeId: native.thread, channel: 'chat', startedAt: occurredAt });
    if (kind === 'delete') facts.utterance({ nativeId: native.id, threadId, deletedAt: occurredAt });
    else facts.utterance({ nativeId: native.id, threadId, role: 'customer', occurredAt, text: native.text });
    return ok(facts.facts);
  },
});

const broken = (change: Partial<Connector>): Connector => ({ ...sound, ...change });

const sampleOf = (name: string, notes: Note[]): Sample => ({
  name,
  delivery: createDelivery({
    source: 'notes',
    via: 'file',
    format: 'json',
    receivedAt: new Date('2026-01-01T00:00:00Z'),
    headers: {},
    name,
    body: Buffer.from(JSON.stringify(notes)),
  }),
});

const samples = [
  sampleOf('first', [{ id: '1', thread: 'a', kind: 'message', time: 1_000, text: 'hello' }]),
  sampleOf('edit', [{ id: '1', thread: 'a', kind: 'edit', time: 2_000, text: 'hello there' }]),
  sampleOf('delete', [
    { id: '2', thread: 'a', kind: 'message', time: 3_000, text: 'a secret' },
    { id: '2', thread: 'a', kind: 'delete', time: 4_000 },
  ]),
];
const unknown = sampleOf('unknown', [{ id: '9', thread: 'a', kind: 'typing', time: 5_000 }]);

describe('the contract suite', () => {
  it('passes a sound connector', async () => {
    checkMapsOrRefuses(sound, samples);
    checkPure(sound, samples);
    await checkTwiceIsOnce(sound, samples);
    await checkAnyOrder(sound, samples);
    checkKeepsUnknown(sound, unknown);
    await checkEditsAndDeletes(sound, samples);
  });

  it('fails a connector that refuses without a reason', () => {
    assert.throws(() => checkMapsOrRefuses(broken({ map: () => drop('') }), samples), /needs a reason/);
  });

  it('fails a connector whose facts are not canonical', () => {
    const map: Connector['map'] = (unit, context) => {
      const outcome = sound.map(unit, context);
      return outcome.status === 'ok'
        ? ok(outcome.facts.map((fact) => ({ ...fact, channel: 'pigeon' }) as never))
        : outcome;
    };
    assert.throws(() => checkMapsOrRefuses(broken({ map }), samples), /not a canonical fact/);
  });

  it('fails a connector that counts calls', () => {
    let calls = 0;
    const map: Connector['map'] = (unit, context) =>
      sound.map({ ...unit, native: { ...unit.native, id: `${calls++}` } }, context);
    assert.throws(() => checkPure(broken({ map }), samples), /must be pure/);
  });

  it('fails a connector that changes its unit', () => {
    const map: Connector['map'] = (unit, context) => {
      unit.native.text = undefined;
      return sound.map(unit, context);
    };
    assert.throws(() => checkPure(broken({ map }), samples), /must be pure|must not change/);
  });

  it('fails a connector whose ids come from the time of receipt', async () => {
    const map: Connector['map'] = (unit, context) =>
      sound.map({ ...unit, native: { ...unit.native, id: context.delivery.receivedAt.toISOString() } }, context);
    await assert.rejects(checkTwiceIsOnce(broken({ map }), samples), /time of receipt/);
  });

  it('fails a connector whose state depends on what it saw before', async () => {
    const seen: string[] = [];
    const map: Connector['map'] = (unit, context) => {
      seen.push(unit.native.id);
      return sound.map(
        { ...unit, native: { ...unit.native, text: `${unit.native.text} after ${seen.length}` } },
        context,
      );
    };
    await assert.rejects(checkTwiceIsOnce(broken({ map }), samples), /delivered twice/);
  });

  it('fails a merge that lets the last to arrive win', async () => {
    // Versions taken from a running counter are the usual way to lose the order of the source.
    let arrival = 0;
    const map: Connector['map'] = (unit, context) => {
      const outcome = sound.map(unit, context);
      arrival++;
      return outcome.status === 'ok'
        ? ok(outcome.facts.map((fact) => ({ ...fact, version: arrival }) as never))
        : outcome;
    };
    const stateful = broken({ map });
    await assert.rejects(async () => {
      await checkTwiceIsOnce(stateful, samples);
      await checkAnyOrder(stateful, samples);
    });
  });

  it('fails a connector that refuses what it does not know', () => {
    const split: Connector['split'] = function* (document: Note[]) {
      for (const native of document) yield { kind: 'ignored', nativeKind: native.kind, native };
    };
    assert.throws(() => checkKeepsUnknown(broken({ split }), unknown), /kept as unknown/);
  });

  it('fails a connector whose delete leaves no tombstone', async () => {
    const map: Connector['map'] = (unit, context) => sound.map({ ...unit, kind: 'message' }, context);
    await assert.rejects(checkEditsAndDeletes(broken({ map }), samples), /tombstone/);
  });

  it('fails a connector whose edit carries no text', async () => {
    const map: Connector['map'] = (unit, context) =>
      unit.kind === 'edit'
        ? sound.map({ ...unit, native: { ...unit.native, text: undefined } }, context)
        : sound.map(unit, context);
    await assert.rejects(checkEditsAndDeletes(broken({ map }), samples), /must carry the new text/);
  });
});
