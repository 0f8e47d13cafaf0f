import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../../config.ts';
import { readHeads } from '../../../models/encoder/heads.ts';
import { InvalidDialogueError, parseDialogues, readDialogues } from '../../../models/training/dialogues.ts';

const written = [
  'E\tk1\tbank\trefund.request,billing.charge_question',
  'I\tchat\t2026-03-02 10:14\thanded_over',
  'customer\tYou took £15 twice.',
  'bot\t{o I connect you to a colleague.} Please wait.',
  'I\tvoice\t2026-03-03 09:00\tresolved',
  'agent:Ann\thello this is ann',
  'customer\t{a1.1 fifteen pounds were taken two times}',
  'agent:Ann\t{p i will send it back today} and {o your case is closed}',
].join('\n');

test('an episode is read with its contacts, turns and marked sentences', () => {
  const [episode] = parseDialogues(written, 'k.txt');
  assert.deepEqual(episode!.reasons, ['refund.request', 'billing.charge_question']);
  const [chat, call] = episode!.interactions;
  assert.equal(chat!.startedAt.toISOString(), '2026-03-02T10:14:00.000Z');
  assert.deepEqual(chat!.turns[1], {
    role: 'bot',
    agent: null,
    text: 'I connect you to a colleague. Please wait.',
    marks: [{ kind: 'outcome', start: 0, end: 29 }],
  });
  const [told] = call!.turns[1]!.marks;
  assert.deepEqual(told!.of, { interaction: 0, turn: 0 });
  const { text, agent, marks } = call!.turns[2]!;
  assert.equal(agent, 'Ann');
  assert.deepEqual(
    marks.map(({ kind, start, end }) => [kind, text.slice(start, end)]),
    [
      ['promise', 'i will send it back today'],
      ['outcome', 'your case is closed'],
    ],
  );
});

test('every fifth episode of a file is kept out of training', () => {
  const episodes = parseDialogues(Array.from({ length: 10 }, () => written).join('\n\n'), 'k.txt');
  assert.deepEqual(
    episodes.flatMap(({ isDev }, index) => (isDev ? [index] : [])),
    [4, 9],
  );
});

const wrong: Record<string, [from: string, to: string, says: RegExp]> = {
  'an outcome nobody knows': ['\tresolved', '\tsolved', /invalid dialogue: I voice .* one of resolved, not_resolved/],
  'a time that is none': ['2026-03-02 10:14', 'Monday', /2026-03-02 10:14/],
  'a speaker that is none': ['bot\t', 'robot\t', /invalid dialogue: robot .*; expected customer, bot or agent:Name/],
  'an unknown mark': [
    '{p ',
    '{x ',
    /invalid dialogue: x; expected a mark o, p or a1.2, in k.txt, the episode at line 1/,
  ],
  'a mark left open': ['closed}', 'closed', /not within each other/],
  'something told again that comes later': ['{a1.1 ', '{a2.2 ', /a2.2; expected the place of an earlier turn/],
  'something told again that the bot said': ['{a1.1 ', '{a1.2 ', /earlier turn of the customer/],
  'a turn without a contact': ['I\tchat\t2026-03-02 10:14\thanded_over\n', '', /a contact \(I\) before its turns/],
};

for (const [name, [from, to, says]] of Object.entries(wrong))
  test(`refuses ${name}, and says where`, () => {
    assert.throws(
      () => parseDialogues(written.replace(from, to), 'k.txt'),
      (error) => error instanceof InvalidDialogueError && says.test(error.message),
    );
  });

test('the dialogues written for training carry reasons that the heads know, and each id once', () => {
  const episodes = readDialogues();
  const reasons = new Set(readHeads(readConfig().model.folder).reason.labels);
  assert.deepEqual(
    episodes.filter((episode) => episode.reasons.some((reason) => !reasons.has(reason))).map(({ id }) => id),
    [],
  );
  assert.ok(episodes.length >= 400);
  assert.equal(new Set(episodes.map(({ id }) => id)).size, episodes.length);
});

test('each contact has a sentence that says how it ended, but where silence does', () => {
  const silent = readDialogues().flatMap(({ id, interactions }) =>
    interactions
      .filter(({ turns }) => !turns.some(({ marks }) => marks.some(({ kind }) => kind === 'outcome')))
      .filter(({ outcome }) => outcome === 'resolved' || outcome === 'handed_over')
      .map(() => id),
  );
  assert.deepEqual(silent, []);
});
