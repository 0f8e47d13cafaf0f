import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../../data/store.ts';
import { fitAgentSkills, rankAgents, type AgentCell } from '../../../models/routing/agent-ranking.ts';
import { readAgents } from '../../../models/routing/agent-skills.ts';
import { insertFacts } from '../../transforms/fact-rows.ts';
import { simulateRouting } from './routing-simulation.ts';

const cell = (agentId: string, contacts: number, settled: number, given: Partial<AgentCell> = {}): AgentCell => ({
  agentId,
  agent: agentId.toUpperCase(),
  team: null,
  intent: 'refund.request',
  channelGroup: 'voice',
  contacts,
  settled,
  ...given,
});
const refund = { intent: 'refund.request', channelGroup: 'voice' };
const noLoad = { load: new Map<string, number>() };

test('few contacts say little: one lucky call does not beat a long good record', () => {
  const skills = fitAgentSkills([
    cell('new', 1, 1),
    cell('old', 200, 160),
    cell('weak', 200, 80),
    cell('mid', 200, 120),
  ]);
  const ranked = rankAgents(refund, skills, noLoad);
  assert.deepEqual(
    ranked.map(({ agentId }) => agentId),
    ['old', 'new', 'mid', 'weak'],
  );
  const [old, lucky] = ranked as [(typeof ranked)[0], (typeof ranked)[0]];
  assert.ok(lucky.high - lucky.low > old.high - old.low);
  assert.ok(old.low < 0.8 && old.high > 0.78 && Math.abs(old.score - 0.8) < 0.05);
  assert.match(old.why[0]!, /^settled 160 of 200 such contacts; all agents 60 %$/);
});

test('nothing known of an agent but the team: the team speaks', () => {
  const cells = ['a', 'b', 'c'].flatMap((id) => [
    cell(`good-${id}`, 100, 80, { team: 'good' }),
    cell(`poor-${id}`, 100, 40, { team: 'poor' }),
  ]);
  const newcomers = ['good', 'poor'].map((team) => cell(`${team}-new`, 1, 0, { team, intent: 'order.status' }));
  const ranked = rankAgents(refund, fitAgentSkills([...cells, ...newcomers]), { ...noLoad, limit: 20 });
  const place = (id: string): number => ranked.findIndex(({ agentId }) => agentId === id);
  assert.ok(place('good-new') < place('poor-new'));
});

test('an agent with many open contacts comes later, and it says so', () => {
  const skills = fitAgentSkills([cell('a', 100, 72), cell('b', 100, 70)]);
  const ranked = rankAgents(refund, skills, { load: new Map([['a', 6]]) });
  assert.deepEqual(
    ranked.map(({ agentId }) => agentId),
    ['b', 'a'],
  );
  assert.ok(ranked[1]!.why.includes('6 open now'));
});

test('a reason never seen is judged by the record over all reasons', () => {
  const skills = fitAgentSkills([cell('a', 300, 240), cell('b', 300, 120), cell('c', 300, 180)]);
  const ranked = rankAgents({ intent: null, channelGroup: 'messaging' }, skills, noLoad);
  assert.deepEqual(
    ranked.map(({ agentId, contacts }) => [agentId, contacts]),
    [
      ['a', 0],
      ['c', 0],
      ['b', 0],
    ],
  );
});

test('outcomes are read from the marts: over, handled, resolved and not followed up', async () => {
  const store = await Store.open();
  const done = { agent_id: 'kim', agent: 'Kim', is_handled: true, status: 'solved', intent: 'refund.request' };
  await insertFacts(store, [
    { ...done, is_resolved: true },
    { ...done, is_resolved: true, was_followed_up: true },
    { ...done, is_resolved: false },
    { ...done, status: 'open' },
    { ...done, is_handled: false },
  ]);
  const { skills, load } = await readAgents(store);
  const [kim] = rankAgents(refund, skills, { load });
  assert.deepEqual([kim!.agent, kim!.contacts, kim!.load], ['Kim', 3, 1]);
  assert.match(kim!.why[0]!, /^settled 1 of 3/);
  await store.close();
});

test('routing by the ranking wins most of what perfect knowledge of planted skills would win over chance', () => {
  const shares = simulateRouting({ contacts: 8000, every: 2000, seed: 3 });
  assert.ok(shares.at(-1)! > 0.5, shares.join(' '));
  assert.ok(shares.at(-1)! > shares[0]!, shares.join(' '));
});
