import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findByRules, type SpokenTurn } from '../../../models/outcome/outcome-rules.ts';

type Line = [role: string, text: string, act: string, sentiment?: SpokenTurn['sentiment'], intent?: string];

const turns = (...lines: Line[]): SpokenTurn[] =>
  lines.map(([role, text, act, sentiment = 'neutral', intent], index) => ({
    utteranceId: `u${index}`,
    role,
    text,
    act,
    sentiment,
    intents: intent ? [intent] : [],
  }));

const problem: Line = ['customer', 'My router keeps dropping.', 'problem', 'negative'];
const advice: Line = ['agent', 'Please restart it and tell me what the light does.', 'instruct'];

const examples: Record<string, { lines: Line[]; events?: string[]; outcome: string; by: string | null }> = {
  'thanks after an answer resolve': {
    lines: [problem, advice, ['customer', 'Great, thanks a lot!', 'thanks', 'positive']],
    outcome: 'resolved',
    by: 'u2',
  },
  'thanks before any answer do not': {
    lines: [['customer', 'Thanks for your help.', 'thanks', 'positive']],
    outcome: 'unknown',
    by: null,
  },
  'a goodbye does not hide what was said before it': {
    lines: [problem, advice, ['customer', "It's working now", 'inform', 'positive'], ['customer', 'bye', 'closing']],
    outcome: 'resolved',
    by: 'u2',
  },
  'still broken is not resolved, however politely': {
    lines: [problem, advice, ['customer', 'Thank you, but it is still not connecting.', 'thanks', 'neutral']],
    outcome: 'not_resolved',
    by: 'u2',
  },
  'a curly apostrophe is read like a straight one': {
    lines: [problem, advice, ['customer', 'It’s working again thx', 'confirm', 'positive']],
    outcome: 'resolved',
    by: 'u2',
  },
  'thanks with a question leave it open': {
    lines: [problem, advice, ['customer', 'Thanks. So when will I get an answer?', 'thanks', 'neutral']],
    outcome: 'unknown',
    by: null,
  },
  'a complaint at the end is not resolved': {
    lines: [problem, advice, ['customer', 'This is useless advice.', 'complaint', 'negative']],
    outcome: 'not_resolved',
    by: 'u2',
  },
  'who needs nothing more, asked whether there is anything else, is served': {
    lines: [
      problem,
      advice,
      ['agent', 'Anything else I can do for you?', 'question'],
      ['customer', "No, that's all, thank you.", 'refuse'],
      ['customer', 'Bye', 'closing'],
    ],
    outcome: 'resolved',
    by: 'u3',
  },
  'agreeing with pleasure is resolved, agreeing to wait is not': {
    lines: [problem, advice, ['customer', 'Great, I am relieved.', 'confirm', 'positive']],
    outcome: 'resolved',
    by: 'u2',
  },
  'thanks for a promise leave it open': {
    lines: [problem, advice, ['customer', "Okay thanks, I'll wait then.", 'confirm', 'positive']],
    outcome: 'unknown',
    by: null,
  },
  'a goodbye is no threat to leave': {
    lines: [problem, advice, ['customer', 'You too, bye bye.', 'closing', 'neutral', 'plan.threat_to_leave']],
    outcome: 'unknown',
    by: null,
  },
  'who will try somewhere else has given up': {
    lines: [problem, advice, ['customer', "Then I'll have to try somewhere else.", 'inform']],
    outcome: 'gave_up',
    by: 'u2',
  },
  'a regret of the agent goes before a status': {
    lines: [problem, ['agent', "I'm sorry that I couldn't do more for you.", 'apology']],
    events: ['solved'],
    outcome: 'not_resolved',
    by: 'u1',
  },
  'an agent who regrets and helps has helped': {
    lines: [problem, ['agent', "I can't bring it back, but I've refunded you.", 'inform']],
    outcome: 'resolved',
    by: 'u1',
  },
  'who says forget it has given up': {
    lines: [problem, advice, ['customer', 'Forget it.', 'refuse', 'negative']],
    outcome: 'gave_up',
    by: 'u2',
  },
  'an abandoned contact was given up': {
    lines: [problem],
    events: ['queued', 'abandoned'],
    outcome: 'gave_up',
    by: null,
  },
  'a solved ticket is resolved': { lines: [problem, advice], events: ['solved'], outcome: 'resolved', by: null },
  'a reopened one is not': {
    lines: [problem, advice],
    events: ['solved', 'reopened'],
    outcome: 'not_resolved',
    by: null,
  },
  'what the customer says goes before the status': {
    lines: [problem, advice, ['customer', 'That did not work at all.', 'inform', 'negative']],
    events: ['solved'],
    outcome: 'not_resolved',
    by: 'u2',
  },
  'an agent who sends the matter on hands over': {
    lines: [problem, ['agent', 'Please send us a direct message so that we can look.', 'request']],
    outcome: 'handed_over',
    by: 'u1',
  },
  'an agent who has done it resolves': {
    lines: [problem, ['agent', 'I have reset your line.', 'inform']],
    outcome: 'resolved',
    by: 'u1',
  },
  'no words, no outcome': { lines: [], outcome: 'unknown', by: null },
};

for (const [what, { lines, events = [], outcome, by }] of Object.entries(examples))
  test(what, () => assert.deepEqual(findByRules(turns(...lines), events), { outcome, utteranceId: by }));
