import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Connector } from '../../ingest/connector.ts';
import { createDelivery } from '../../ingest/deliveries.ts';
import type { Fact, FactOf } from '../../ingest/records.ts';
import { connectors } from '../../ingest/sources.ts';
import { unitsIn } from './meanings.ts';

/**
 * A conversation that goes from a bot to an agent, and on to another agent. Each source tells it in its own way; what comes
 * out is the same: three who speak in one thread, and an event for each time it was handed on.
 */
type Document = Record<string, unknown>;

const fixture = (source: string, name: string): any =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'connectors/fixtures', source, name), 'utf8'));

const intercom = (): Document[] => {
  const notice = fixture('intercom', 'conversation.json');
  const conversation = notice.data?.item ?? notice;
  const author = (type: string, id: string) => ({ type, id, name: id });
  const part = (id: string, more: object) => ({
    type: 'conversation_part',
    id,
    updated_at: 1767261600 + Number(id),
    created_at: 1767261600 + Number(id),
    body: null,
    ...more,
  });
  conversation.conversation_parts.conversation_parts = [
    part('10', { part_type: 'comment', body: '<p>Let me look</p>', author: author('bot', 'b1') }),
    part('20', { part_type: 'assignment', assigned_to: { type: 'admin', id: '77' }, author: author('bot', 'b1') }),
    part('30', { part_type: 'comment', body: '<p>Hello</p>', author: author('admin', '77') }),
    part('40', { part_type: 'assignment', assigned_to: { type: 'admin', id: '78' }, author: author('admin', '77') }),
    part('50', { part_type: 'comment', body: '<p>I take over</p>', author: author('admin', '78') }),
  ];
  return [notice];
};

const chatwoot = (): Document[] => {
  const [bot, agent] = [fixture('chatwoot', 'bot-answer.json'), fixture('chatwoot', 'agent-answer.json')];
  const moved = (id: number, time: string, changed: object[], status: string): Document => ({
    ...bot.conversation,
    event: 'conversation_updated',
    id: bot.conversation.id,
    status,
    updated_at: Date.parse(time) / 1000 + id,
    timestamp: Date.parse(time) / 1000,
    changed_attributes: changed,
  });
  return [
    bot,
    moved(
      0,
      '2026-03-02T09:00:30Z',
      [
        { status: { previous_value: 'pending', current_value: 'open' } },
        { assignee_id: { previous_value: null, current_value: 8 } },
      ],
      'open',
    ),
    agent,
    moved(0, '2026-03-02T09:05:00Z', [{ assignee_id: { previous_value: 8, current_value: 9 } }], 'open'),
    {
      ...agent,
      id: 799,
      created_at: '2026-03-02T09:06:00.000Z',
      content: 'I take over',
      sender: { ...agent.sender, id: 9, name: 'Bo Agent' },
    },
  ];
};

const conversations: Record<string, () => Document[]> = { chatwoot, intercom };

function factsOf(connector: Connector, documents: readonly Document[]): Fact[] {
  const receivedAt = new Date('2026-03-02T12:00:00Z');
  const samples = documents.map((document, index) => {
    const body = Buffer.from(JSON.stringify(document));
    const given = { source: connector.name, via: 'webhook', format: 'json', receivedAt, headers: {}, body } as const;
    return { name: String(index), delivery: createDelivery(given) };
  });
  return unitsIn(connector, samples).flatMap(({ facts }) => facts);
}

describe('bot → agent → agent', () => {
  for (const [source, tell] of Object.entries(conversations))
    it(`of ${source}`, () => {
      const facts = factsOf(
        connectors.find(({ name }) => name === source)!,
        tell(),
      );
      const said = facts
        .filter(
          (fact): fact is FactOf<'utterance'> => fact.fact === 'utterance' && /^(bot|agent)$/.test(fact.role ?? ''),
        )
        .sort((one, other) => one.occurredAt!.getTime() - other.occurredAt!.getTime());
      const speakers = said.map(({ role, agentId }) => ({ role, agentId: role === 'agent' ? agentId : undefined }));
      assert.deepEqual(
        speakers.map(({ role }) => role),
        ['bot', 'agent', 'agent'],
      );
      assert.equal(new Set(speakers.map(({ agentId }) => agentId)).size, 3, 'two agents, and a bot that is none');
      assert.equal(new Set(said.map(({ threadId }) => threadId)).size, 1, 'in one thread');
      const events = facts
        .filter((fact): fact is FactOf<'event'> => fact.fact === 'event')
        .sort((one, other) => one.occurredAt.getTime() - other.occurredAt.getTime());
      const [handed] = events.filter(({ kind }) => kind === 'handed_over');
      assert.ok(handed, 'the bot handed over');
      assert.ok(handed.occurredAt >= said[0]!.occurredAt! && handed.occurredAt <= said[1]!.occurredAt!);
      const given = events
        .filter(({ kind }) => kind === 'assigned' || kind === 'transferred')
        .map(({ agentId }) => agentId);
      assert.deepEqual(given, [speakers[1]!.agentId, speakers[2]!.agentId], 'to the one, then to the other');
    });
});
