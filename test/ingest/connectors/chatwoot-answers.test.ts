import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatwoot } from '../../../ingest/connectors/chatwoot/chatwoot.ts';
import { mapDocument, of } from './real-payloads.ts';

const conversation = {
  id: 7,
  channel: 'Channel::WebWidget',
  meta: { sender: { id: 3, name: 'Jo', type: 'contact' } },
  updated_at: 1772359220.5,
};

describe('chatwoot, answers under a message', () => {
  const updated = (content_type: string, content_attributes: object) =>
    mapDocument(chatwoot, {
      event: 'message_updated',
      id: 51,
      content: 'Which?',
      content_type,
      message_type: 'outgoing',
      created_at: '2026-03-01T10:00:10.000Z',
      content_attributes,
      sender: { id: 1, type: 'agent_bot' },
      conversation,
    }).facts;

  it('takes what a visitor chose or filled in for their words, at the time of the change', () => {
    const [question, answer] = of(
      updated('input_select', { submitted_values: [{ title: 'Parcel', value: 'p' }] }),
      'utterance',
    );
    assert.deepEqual([question!.role, answer!.role, answer!.text], ['bot', 'customer', 'Parcel']);
    assert.equal(answer!.occurredAt!.toISOString(), '2026-03-01T10:00:20.500Z');
    assert.equal(answer!.replyToId, question!.id);
    const form = updated('form', {
      items: [{ name: 'number', label: 'Order number' }],
      submitted_values: [{ name: 'number', value: 'A-7' }],
    });
    assert.equal(of(form, 'utterance')[1]!.text, 'Order number: A-7');
    const rated = updated('input_csat', { submitted_values: { csat_survey_response: { rating: 4 } } });
    assert.equal(of(rated, 'utterance').length, 1);
  });

  it('puts a place that was sent into words', () => {
    const { facts } = mapDocument(chatwoot, {
      event: 'message_created',
      id: 52,
      content: null,
      message_type: 'incoming',
      created_at: 1772359200,
      sender: { id: 3, type: 'contact' },
      attachments: [{ id: 4, file_type: 'location', coordinates_lat: 1.5, coordinates_long: 2.5 }],
      conversation,
    });
    assert.equal(of(facts, 'utterance')[0]!.text, '1.5, 2.5');
  });

  it('tells which team has a conversation now and how pressing it is', () => {
    const { facts } = mapDocument(chatwoot, {
      event: 'conversation_updated',
      ...conversation,
      changed_attributes: [
        { team_id: { previous_value: null, current_value: 2 } },
        { priority: { previous_value: null, current_value: 'urgent' } },
      ],
    });
    const [assigned, pressing] = of(facts, 'event');
    assert.deepEqual([assigned!.kind, assigned!.queueId], ['assigned', of(facts, 'queue')[0]!.id]);
    assert.deepEqual([pressing!.kind, pressing!.value], ['priority_changed', 'urgent']);
  });
});
