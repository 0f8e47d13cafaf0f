import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeswitch } from '../../../ingest/connectors/freeswitch.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

test('a line of CSV is a leg, linked to the other leg', () => {
  const { facts, outcomes } = mapFixture(freeswitch, 'Master.csv', { timeZone: 'Europe/Berlin', country: 'US' });
  assert.deepEqual(
    of(facts, 'thread').map(({ direction, status }) => `${direction} ${status}`),
    ['inbound closed', 'outbound failed', 'inbound closed'],
  );
  assert.equal(of(facts, 'link').length, 1);
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['+12125550142', '+12125550143', '+12125550145'],
  );
  assert.equal(of(facts, 'event')[0]?.occurredAt.toISOString(), '2026-03-05T14:00:00.000Z');
  assert.deepEqual(
    of(facts, 'event').map(({ kind }) => kind),
    ['started', 'answered', 'ended', 'started', 'missed', 'started', 'ended'],
    'a caller who only met a menu was answered by nobody',
  );
  assert.equal(outcomes.at(-1)?.status, 'reject');
});

test('a record in JSON has its times in UTC and its people in the call flow', () => {
  const { facts } = mapFixture(freeswitch, 'record.json');
  const [started] = of(facts, 'event');
  assert.deepEqual([started?.occurredAt.toISOString(), started?.isZoneKnown], ['2026-03-05T14:40:00.000Z', true]);
  assert.equal(of(facts, 'handle')[0]?.display, 'Cy Lee');
  assert.deepEqual(
    of(facts, 'measure').map(({ name, value }) => `${name} ${value}`),
    ['leg_duration 100', 'talk_duration 90', 'hold_duration 15'],
  );
});

test('a record is the same as JSON, in a form and in base64; older ones have one call flow', () => {
  const profile = { caller_id_number: '+12125550147', destination_number: '1003', context: 'public' };
  const variables = { uuid: 'u-6', start_epoch: '1772721600', answer_epoch: '0', end_epoch: '1772721700' };
  const record = { variables, callflow: { caller_profile: profile } };
  const text = JSON.stringify(record);
  const read = [record, { cdr: text }, `cdr=${Buffer.from(text).toString('base64')}`].map(
    (document) => mapDocument(freeswitch, document).facts,
  );
  assert.equal(of(read[0]!, 'handle')[0]?.value, '+12125550147');
  assert.deepEqual(read[1], read[0]);
  assert.deepEqual(read[2], read[0]);
});

test('a record in XML tells what it tells in JSON', () => {
  const variables = { uuid: 'u-6', start_epoch: '1772721600', answer_epoch: '0', end_epoch: '1772721700' };
  const profile = { caller_id_name: 'Cy%20Lee', caller_id_number: '%2B12125550147', destination_number: '1003' };
  const element = (name: string, inner: object | string): string =>
    typeof inner === 'string'
      ? `<${name}>${inner}</${name}>`
      : `<${name}>${Object.entries(inner)
          .map(([key, value]) => element(key, value as object | string))
          .join('')}</${name}>`;
  const text = `<?xml version="1.0"?>${element('cdr', { variables, callflow: { caller_profile: profile } })}`;
  const expected = mapDocument(freeswitch, { variables, callflow: [{ caller_profile: profile }] }).facts;
  assert.deepEqual(mapDocument(freeswitch, { cdr: text }).facts, expected);
  assert.deepEqual(mapDocument(freeswitch, text).facts, expected);
  assert.deepEqual(mapDocument(freeswitch, `cdr=${Buffer.from(text).toString('base64')}`).facts, expected);
  assert.equal(of(expected, 'handle')[0]?.display, 'Cy Lee');
  assert.throws(() => mapDocument(freeswitch, { cdr: '<?xml version="1.0"?><cdr/>' }), /the element cdr/);
});

test('an answered leg names the file of its recording, in variables of FusionPBX or in what the exchange did', () => {
  const variables = { uuid: 'u-7', start_epoch: '1772721600', answer_epoch: '1772721610', end_epoch: '1772721700' };
  const recordings = (record: object) =>
    of(mapDocument(freeswitch, record).facts, 'media').map(({ mimeType, address }) => [mimeType, address]);
  assert.deepEqual(
    recordings({ variables: { ...variables, record_path: '%2Frec%2F2026%2FMar%2F05', record_name: 'u-7.wav' } }),
    [['audio/wav', 'file:/rec/2026/Mar/05/u-7.wav']],
  );
  const did = (app_data: string) => ({ app_log: { applications: [{ app_name: 'record_session', app_data }] } });
  assert.deepEqual(recordings({ variables, ...did('/rec/u-7.mp3') }), [['audio/mpeg', 'file:/rec/u-7.mp3']]);
  assert.deepEqual(recordings({ variables, ...did('$${recordings_dir}/u-7.wav') }), [], 'a name that is not whole');
  assert.deepEqual(recordings({ variables: { ...variables, answer_epoch: '0' }, ...did('/rec/u-7.wav') }), []);
});

test('a line may be a statement of SQL with the same values', () => {
  const line =
    '"Ana Roy","+12125550142","1003","public","2026-03-05 10:00:00","","2026-03-05 10:00:09","9","0","NO_ANSWER","u-8","", "acme"';
  const read = (document: string) => mapDocument(freeswitch, document).facts;
  assert.deepEqual(read(`INSERT INTO cdr VALUES (${line});`), read(line));
  assert.equal(of(read(line), 'handle')[0]?.display, 'Ana Roy');
});

test('columns of one’s own template are told in the settings', () => {
  const line = new TextEncoder().encode('"u-1","2026-03-05 10:00:00","2026-03-05 10:01:00","60"');
  const columns = ['uuid', 'start_stamp', 'end_stamp', 'duration'];
  const [mapped] = mapFile(freeswitch, 'own.csv', line, { columns });
  assert.equal(of(mapped!.facts, 'thread')[0]?.nativeId, 'u-1');
});

test('a real line maps; two numbers of no known side have no direction', withPayloads('voice-freeswitch'), () => {
  const mapped = mapFile(freeswitch, 'master-csv-line.csv', readPayload('voice-freeswitch', 'master-csv-line.csv'));
  assert.deepEqual(countOutcomes(mapped), { ok: 1 });
  const [thread] = of(mapped[0]!.facts, 'thread');
  assert.deepEqual([thread?.direction, thread?.startedAt?.toISOString()], [undefined, '2015-01-14T17:58:01.000Z']);
});

test('a leg that rang in vain was missed by nobody where another took the call, and only a caller abandons', () => {
  const ended = (hangup_cause: string, context: string, caller: string, callee: string) => {
    const variables = {
      uuid: 'u-7',
      start_epoch: '1772721600',
      answer_epoch: '0',
      end_epoch: '1772721610',
      hangup_cause,
    };
    const profile = { caller_id_number: caller, destination_number: callee, context };
    const { facts } = mapDocument(freeswitch, { variables, callflow: [{ caller_profile: profile }] });
    return [of(facts, 'thread')[0]?.status, of(facts, 'event').at(-1)?.kind];
  };
  const inbound = ['public', '+12125550147', '1003'] as const;
  assert.deepEqual(ended('LOSE_RACE', ...inbound), ['closed', 'ended']);
  assert.deepEqual(ended('ORIGINATOR_CANCEL', ...inbound), ['abandoned', 'abandoned']);
  assert.deepEqual(ended('ORIGINATOR_CANCEL', 'default', '1003', '12125550147'), ['failed', 'missed']);
  assert.deepEqual(ended('GATEWAY_DOWN', 'default', '1003', '12125550147'), ['failed', 'failed']);
  assert.deepEqual(ended('USER_NOT_REGISTERED', ...inbound), ['failed', 'missed']);
});
