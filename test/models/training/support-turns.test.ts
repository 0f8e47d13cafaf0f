import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../../config.ts';
import { readHeads } from '../../../models/encoder/heads.ts';
import { readSupportTurns } from '../../../models/training/support-turns.ts';

const turns = readSupportTurns();
const heads = readHeads(readConfig().model.folder);

const where = ({ file, text }: { file: string; text: string }): string => `${file}: ${text}`;

test('every turn carries labels that the heads know', () => {
  const acts = new Set(heads.act.labels);
  const reasons = new Set(heads.reason.labels);
  const wrong = turns.filter(
    (turn) =>
      !acts.has(turn.act) || turn.reasons.some((reason) => !reasons.has(reason)) || Math.abs(turn.sentiment) > 2,
  );
  assert.deepEqual(wrong.map(where), []);
});

test('everything frustrated is negative', () => {
  assert.deepEqual(turns.filter(({ isFrustrated, sentiment }) => isFrustrated && sentiment >= 0).map(where), []);
});

test('no turn of more than three words stands on both sides of the split', () => {
  const plain = ({ text }: { text: string }): string => text.toLowerCase().replace(/[^\p{L}\p{N} ]/gu, '');
  const trained = new Set(turns.filter(({ isDev }) => !isDev).map(plain));
  const twice = turns.filter((turn) => turn.isDev && plain(turn).split(' ').length > 3 && trained.has(plain(turn)));
  assert.deepEqual(twice.map(where), []);
});

test('every contact reason has at least forty turns', () => {
  const counts = heads.reason.labels.map((name) => ({
    name,
    count: turns.filter(({ reasons }) => reasons.includes(name)).length,
  }));
  assert.deepEqual(
    counts.filter(({ count }) => count < 40),
    [],
  );
});
