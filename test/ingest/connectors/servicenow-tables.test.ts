import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { servicenow } from '../../../ingest/connectors/servicenow/servicenow.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('servicenow, tables', () => {
  it('takes an interaction for one by its number, a survey for none, and numbers of a state only where they are known', () => {
    const at = { opened_at: '2026-03-01 10:00:00' };
    const mapped = mapDocument(servicenow, {
      result: [
        { ...at, sys_id: 'i1', number: 'IMS0000001', state: 'closed_complete', type: 'phone', direction: 'inbound' },
        { ...at, sys_id: 'c1', number: 'CHG0000001', state: '-5', sys_class_name: 'change_request' },
        { ...at, sys_id: 's1', number: 'AINST0000001', state: 'complete', sys_class_name: 'asmt_assessment_instance' },
        // An agent opened it out of a chat, and it came again without the description.
        {
          ...at,
          sys_id: 'n1',
          number: 'INC0000001',
          state: '2',
          contact_type: 'chat',
          caller_id: 'u1',
          opened_by: 'g1',
          description: 'No VPN',
        },
        {
          ...at,
          sys_id: 'n1',
          number: 'INC0000001',
          state: '6',
          short_description: 'VPN',
          sys_updated_on: '2026-03-01 11:00:00',
        },
      ],
    });
    assert.deepEqual(
      mapped.outcomes.map(({ status }) => status),
      ['ok', 'ok', 'unknown', 'ok', 'ok'],
    );
    const [call, change] = of(mapped.facts, 'thread');
    assert.deepEqual([call!.channel, call!.direction, call!.status], ['voice', 'inbound', 'closed']);
    assert.equal(change!.status, undefined);
    const [whole, title] = of(mapped.facts, 'utterance');
    assert.deepEqual([whole!.role, whole!.visibility], ['agent', 'internal']);
    assert.ok(title!.version < whole!.version);
  });

  it('reads what was said in a chat, with the requester, the virtual agent and an agent, linked to its interaction', () => {
    const message = (sys_id: string, fields: object) => ({
      sys_id,
      conversation: { link: 'https://example.com/api/now/table/sys_cs_conversation/v1', value: 'v1' },
      is_agent: 'false',
      sys_created_on: '2026-03-01 10:00:05',
      ...fields,
    });
    const { facts: found, outcomes } = mapDocument(servicenow, {
      result: [
        message('m1', { direction: 'inbound', payload: 'My laptop hums' }),
        message('m2', { direction: 'outbound', payload: '{"uiType":"OutputText","value":"One moment"}' }),
        message('m3', { direction: 'outbound', payload: 'Kim here', is_agent: 'true' }),
        message('m4', { direction: 'outbound', payload: '{"uiType":"StartSpinner"}' }),
        {
          sys_id: 'i1',
          number: 'IMS0000001',
          state: 'new',
          type: 'chat',
          opened_at: '2026-03-01 10:00:00',
          channel_metadata_table: 'sys_cs_conversation',
          channel_metadata_document: 'v1',
        },
      ],
    });
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ok', 'ok', 'drop', 'ok'],
    );
    const said = of(found, 'utterance');
    assert.deepEqual(
      said.map(({ role, text }) => [role, text]),
      [
        ['customer', 'My laptop hums'],
        ['bot', 'One moment'],
        ['agent', 'Kim here'],
      ],
    );
    assert.equal(of(found, 'link')[0]!.otherThreadId, said[0]!.threadId);
  });

  it('reads changes of a task, and leaves those of the journal to it', () => {
    const change = (fieldname: string, newvalue: string, oldvalue = '') => ({
      sys_id: `${fieldname}/${newvalue}`,
      tablename: 'incident',
      documentkey: 'n1',
      fieldname,
      oldvalue,
      newvalue,
      sys_created_on: '2026-03-01 10:00:05',
    });
    const { facts: found, outcomes } = mapDocument(servicenow, {
      result: [
        change('assigned_to', 'g1'),
        change('assignment_group', 'q1'),
        change('state', '2', '6'),
        change('comments', 'Hi'),
      ],
    });
    assert.deepEqual(
      of(found, 'event').map(({ kind, value }) => [kind, value]),
      [
        ['assigned', undefined],
        ['assigned', undefined],
        ['status_changed', 'open'],
        ['reopened', undefined],
      ],
    );
    assert.equal(outcomes[3]!.status, 'drop');
  });

  it('knows the names of groups', () => {
    const group = {
      sys_id: 'q1',
      name: 'Service Desk',
      default_assignee: '',
      manager: '',
      sys_updated_on: '2026-03-01 10:00:00',
    };
    const [queue] = of(mapDocument(servicenow, { result: [group] }).facts, 'queue');
    assert.deepEqual([queue!.nativeId, queue!.name], ['q1', 'Service Desk']);
  });
});
