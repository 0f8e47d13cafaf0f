import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../../../config.ts';
import { readHeads } from '../../../models/encoder/heads.ts';
import { readServiceChats } from '../../../models/training/service-chats.ts';

test('a sentence finds its labels by its chat, turn and number, also where the turn is written as a fraction', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosstalk-chats-'));
  const domain = join(folder, 'multidogo/splits_annotated_at_sentence_level/finance');
  mkdirSync(domain, { recursive: true });
  const head = 'conversationId\tturnNumber\tsentenceNumber\tutteranceId\tutterance\tslot-labels\tintent';
  const lines = ['c1\t4.0\t0\tu1\tmy card  was stolen\tO\treport', 'c1\t4.0\t1\tu2\tplease help\tO\tnone'];
  writeFileSync(join(domain, 'train.tsv'), `${[head, ...lines].join('\n')}\n`);
  writeFileSync(join(folder, 'labels.tsv'), 'finance\tc1\t4\t0\t-1\t0\tproblem\tsecurity.lost_or_stolen\n');
  assert.deepEqual(readServiceChats(folder, join(folder, 'labels.tsv')), [
    {
      role: 'customer',
      channel: 'chat',
      industry: 'finance',
      sentiment: -1,
      isFrustrated: false,
      act: 'problem',
      reasons: ['security.lost_or_stolen'],
      text: 'my card was stolen',
      file: 'service-chats',
      isDev: false,
      isCalibration: false,
    },
  ]);
});

const data = join(import.meta.dirname, '../../../../shared/data');

test(
  'every labelled sentence is there, and carries labels that the heads know',
  { skip: existsSync(join(data, 'multidogo')) ? false : 'skipped: the public sets are not beside this checkout' },
  () => {
    const chats = readServiceChats(data);
    assert.equal(chats.length, 1140);
    const { act, reason } = readHeads(readConfig().model.folder);
    const wrong = chats.filter(
      (chat) => !act.labels.includes(chat.act) || chat.reasons.some((name) => !reason.labels.includes(name)),
    );
    assert.deepEqual(wrong, []);
  },
);
