import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zendesk } from '../../../ingest/connectors/zendesk/zendesk.ts';
import { mapFixture } from './fixture.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('zendesk, chats and answers to surveys', () => {
  it('reads a chat of the Chat API: its words, its rating and its ticket', () => {
    const { facts } = mapFixture(zendesk, 'chats.json');
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text }) => [role, text]),
      [
        ['customer', 'Where is it?'],
        ['agent', 'In Leeds'],
        ['customer', 'Please call me'],
      ],
    );
    const [rating] = of(facts, 'survey');
    assert.deepEqual([rating!.nativeId, rating!.score, rating!.comment], ['ticket/419/satisfaction', 0, 'slow']);
    assert.equal(rating!.occurredAt.toISOString(), '2026-01-10T09:11:00.000Z');
    assert.equal(of(facts, 'link')[0]!.evidence, 'ticket_chat');
  });

  it('takes a line of a chat of a type that it does not know for nothing said', () => {
    const history = [{ type: 'constructor', nick: 'visitor', msg: 'Hi', timestamp: '2026-01-10T09:00:00Z' }];
    const { outcomes } = mapDocument(zendesk, { chats: [{ id: 'c1', type: 'chat', visitor: { id: 'v1' }, history }] });
    assert.equal(outcomes.at(-1)!.reason, 'a chat event of type constructor says nothing');
  });

  it('reads the answer to a survey on the scale of its question, and the rating that an event brings', () => {
    const { facts } = mapDocument(zendesk, {
      survey_response: {
        id: 's1',
        responder_id: 7,
        subjects: [{ type: 'ticket', id: '419' }],
        answers: [
          {
            type: 'rating_scale',
            rating: 2,
            updated_at: '2026-01-11T09:00:00Z',
            question: { options: [{ rating: 1 }, { rating: 3 }] },
          },
          { type: 'open_ended', value: 'Too slow', updated_at: '2026-01-11T09:00:00Z' },
        ],
      },
    });
    const [answer] = of(facts, 'survey');
    assert.deepEqual([answer!.score, answer!.scaleMin, answer!.scaleMax, answer!.comment], [2, 1, 3, 'Too slow']);
    const event = (given: unknown) =>
      mapDocument(zendesk, {
        type: 'zen:event-type:ticket.csat_received',
        time: '2026-01-11T10:00:00Z',
        detail: { id: '419' },
        event: { satisfaction_score: given },
      });
    assert.equal(of(event({ score: 'GOOD' }).facts, 'survey')[0]!.score, 1);
    assert.equal(event(undefined).outcomes[0]!.status, 'reject');
  });
});
