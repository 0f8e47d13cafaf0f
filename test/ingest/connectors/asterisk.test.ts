import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asterisk } from '../../../ingest/connectors/asterisk/asterisk.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

const zoned = { timeZone: 'Europe/Berlin' };

test('a call record is a leg by the exchange’s own clock', () => {
  const { facts } = mapFixture(asterisk, 'Master.csv', zoned);
  assert.deepEqual(
    of(facts, 'thread').map(({ direction, channel, status }) => `${direction} ${channel} ${status}`),
    [
      'inbound voice closed',
      'outbound voice failed',
      'internal voice closed',
      'inbound voice abandoned',
      'inbound voicemail closed',
    ],
  );
  const [started, answered] = of(facts, 'event');
  assert.deepEqual(
    [started?.occurredAt.toISOString(), started?.isZoneKnown],
    ['2026-03-05T14:00:00.000Z', true],
    'Berlin is an hour ahead of UTC in March',
  );
  assert.deepEqual([answered?.kind, answered?.agentId], ['answered', of(facts, 'agent')[0]?.id]);
  assert.deepEqual(
    of(facts, 'handle').map(({ value, display }) => [value, display]),
    [
      ['+12125550142', 'Ana Roy'],
      ['+12125550143', undefined],
      ['+12125550144', undefined],
    ],
    'a withheld number is nobody, and a number is no name',
  );
});

test('the columns an exchange adds are told by what stands in them', () => {
  const leg =
    '"","+12125550142","2000","from-pstn","","PJSIP/trunk-1","PJSIP/1002-2","Dial","","2026-03-05 15:00:00","","2026-03-05 15:00:09",9,0,"NO ANSWER","DOCUMENTATION"';
  const mapped = (added: string) => {
    const [thread, ...links] = mapDocument(asterisk, leg + added).facts.filter(({ fact }) => /thread|link/.test(fact));
    return [thread?.fact === 'thread' && thread.nativeId, links.length];
  };
  assert.deepEqual(mapped(',"pbx-1772719200.2","queue 7","","pbx-1772719200.1",5'), ['pbx-1772719200.2', 1]);
  assert.deepEqual(mapped(',"1772719200.1","","","1772719200.1",5'), ['1772719200.1', 0]);
  const without = 'PJSIP/trunk-1@2026-03-05 15:00:00';
  assert.deepEqual(mapped(',"/recordings/7.wav"'), [without, 0], 'a user field is no id');
  assert.deepEqual(mapped(',"","1772719200.1",5'), [without, 1]);
});

test('an answered leg names the file of its recording: FreePBX files it by the day', () => {
  const leg = (disposition: string) =>
    `"2026-03-05 15:00:00","","+12125550142","201","from-pstn","PJSIP/t-1","PJSIP/201-2","Dial","",9,8,"${disposition}",3,"","1772719200.1","","+12125550100","in-201-1772719200.1.wav","","","","","","1772719200.1","",5`;
  const recordings = (line: string) => of(mapDocument(asterisk, line).facts, 'media');
  assert.deepEqual(
    recordings(leg('ANSWERED')).map(({ kind, mimeType, address }) => [kind, mimeType, address]),
    [['recording', 'audio/wav', 'file:2026/03/05/in-201-1772719200.1.wav']],
  );
  assert.deepEqual(recordings(leg('NO ANSWER')), [], 'of a call that nobody took there is none');
  const master =
    '"","+12125550142","201","from-pstn","","PJSIP/t-1","PJSIP/201-2","Dial","","2026-03-05 15:00:00","2026-03-05 15:00:01","2026-03-05 15:00:09",9,8,"ANSWERED","DOC","1772719200.1","/recordings/7.mp3"';
  assert.deepEqual(
    recordings(master).map(({ mimeType, address }) => [mimeType, address]),
    [['audio/mpeg', 'file:/recordings/7.mp3']],
  );
});

test('without a zone the times are marked, national numbers need a country', () => {
  const { facts } = mapFixture(asterisk, 'Master.csv');
  assert.equal(of(facts, 'event')[0]?.isZoneKnown, false);
  const line =
    '"","2125550145","1002","from-pstn","","PJSIP/t-1","PJSIP/1002-2","Dial","","2026-03-05 15:00:00","2026-03-05 15:00:01","2026-03-05 15:00:09",9,8,"ANSWERED","DOC","1.1"';
  const handles = (settings: object) =>
    mapFile(asterisk, 'a.csv', new TextEncoder().encode(line), settings).flatMap((mapped) =>
      of(mapped.facts, 'handle'),
    );
  assert.deepEqual(handles({}), []);
  assert.deepEqual(
    handles({ country: 'US' }).map(({ value }) => value),
    ['+12125550145'],
  );
});

test('the queue log tells who waited, how long, and who answered', () => {
  const { facts, outcomes } = mapFixture(asterisk, 'queue_log');
  assert.deepEqual(
    of(facts, 'event').map(({ kind }) => kind),
    ['queued', 'abandoned', 'queued', 'answered', 'ended'],
  );
  assert.deepEqual(
    of(facts, 'measure').map(({ name, value, unit }) => `${name} ${value} ${unit}`),
    ['queue_duration 89 second', 'queue_duration 30 second', 'queue_duration 30 second', 'talk_duration 100 second'],
  );
  assert.deepEqual(
    outcomes.slice(-2).map(({ status }) => status),
    ['drop', 'reject'],
  );
  assertReasons([{ facts, outcomes }]);
});

test('a call of the queue log is the call of the call record', () => {
  const ids = (name: string) => of(mapFixture(asterisk, name).facts, 'thread').map(({ id }) => id);
  assert.ok(ids('Master.csv').includes(ids('queue_log')[0]!));
  const agents = (name: string) => of(mapFixture(asterisk, name).facts, 'agent').map(({ id }) => id);
  assert.equal(agents('queue_log')[0], agents('Master.csv')[0]);
});

test('real records all map', withPayloads('voice-asterisk'), () => {
  const mapped = (name: string) => mapFile(asterisk, name, readPayload('voice-asterisk', name));
  const queue = mapped('asterisk-cdr-queue-pstn.csv');
  assert.deepEqual(countOutcomes([...queue, ...mapped('asterisk-cdr-16col-quoted-name.csv')]), { ok: 7 });
  assert.deepEqual(
    queue.flatMap(({ facts }) => of(facts, 'thread').map(({ direction, status }) => `${direction} ${status}`)),
    ['outbound closed', 'inbound abandoned', 'undefined closed', 'internal closed', 'internal closed'],
  );
  assert.deepEqual(
    queue.flatMap(({ facts }) => of(facts, 'handle').map(({ value }) => value)),
    ['+380636800521'],
  );
  const [talk] = of(queue[0]!.facts, 'measure').filter(({ name }) => name === 'talk_duration');
  assert.equal(talk?.value, 83);
});

test('the example of custom records has the caller’s name first and is the same leg', () => {
  const leg =
    '"","+12125550142","2000","from-pstn","""Ana Roy"" <+12125550142>","PJSIP/trunk-1","PJSIP/1002-2","Dial","PJSIP/1002,30","2026-03-05 15:00:00","2026-03-05 15:00:12","2026-03-05 15:03:12","192","180","ANSWERED","DOCUMENTATION","1772719200.1",""';
  const custom =
    '"""Ana Roy"" <+12125550142>","+12125550142","2000","from-pstn","PJSIP/trunk-1","PJSIP/1002-2","Dial","PJSIP/1002,30","2026-03-05 15:00:00","2026-03-05 15:00:12","2026-03-05 15:03:12","192","180","ANSWERED","DOCUMENTATION","","1772719200.1","",7';
  assert.deepEqual(mapDocument(asterisk, custom).facts, mapDocument(asterisk, leg).facts);
});

test('a row of the table of calls is the same leg: its times follow from its lengths', () => {
  const leg =
    '"","+12125550142","2000","from-pstn","""Ana Roy"" <+12125550142>","PJSIP/trunk-1","PJSIP/1002-2","Dial","PJSIP/1002,30","2026-03-05 15:00:00","2026-03-05 15:00:12","2026-03-05 15:03:12","192","180","ANSWERED","3","1772719200.2","","","1772719200.1","7"';
  const row =
    '"2026-03-05 15:00:00","""Ana Roy"" <+12125550142>","+12125550142","2000","from-pstn","PJSIP/trunk-1","PJSIP/1002-2","Dial","PJSIP/1002,30","192","180","ANSWERED","3","","1772719200.2",""';
  const added = ',"12125550100","","+12125550142","Ana Roy","","","","1772719200.1","","7"';
  assert.deepEqual(mapDocument(asterisk, row + added).facts, mapDocument(asterisk, leg).facts);
  const missed = mapDocument(asterisk, row.replace('"180","ANSWERED"', '"0","NO ANSWER"')).facts;
  assert.deepEqual(
    of(missed, 'event').map(({ kind, occurredAt }) => `${kind} ${occurredAt.toISOString().slice(14, 19)}`),
    ['started 00:00', 'missed 03:12'],
  );
  const header = 'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition';
  assert.equal(mapDocument(asterisk, header).outcomes[0]?.status, 'ignored');
});

test('a ring group is one call: its far halves are legs of it, or told by the leg that dialled them', () => {
  const half =
    '"2026-03-05 15:00:00","""Ana Roy"" <+12125550142>","+12125550142","202","from-internal","Local/202@from-internal-1;2","PJSIP/202-2","Dial","PJSIP/202","10","0","NO ANSWER","3","","1772719200.3",""';
  assert.equal(mapDocument(asterisk, half).outcomes[0]?.status, 'drop');
  const { facts } = mapDocument(asterisk, `${half},"+12125550100","","","","","","","1772719200.1","","7"`);
  assert.deepEqual([of(facts, 'thread')[0]?.direction, of(facts, 'link').length], [undefined, 1]);
  assert.deepEqual(of(facts, 'participant'), []);
});

test('the mailbox of an extension is reached from outside as the extension is', () => {
  const row =
    '"2026-03-05 15:00:00","""Ana Roy"" <+12125550142>","+12125550142","vmu201","ext-local","PJSIP/trunk-1","","VoiceMail","201@default,u","30","30","ANSWERED","3","","1772719200.4",""';
  const { facts } = mapDocument(asterisk, row);
  assert.deepEqual(
    of(facts, 'thread').map(({ channel, direction }) => [channel, direction]),
    [['voicemail', 'inbound']],
  );
  assert.equal(of(facts, 'handle')[0]?.value, '+12125550142');
});

test('a channel event is no call record, though it has as many columns', () => {
  const line =
    '"CHAN_START","1772719200.123","Ana","+12125550142","","","","2000","from-pstn","PJSIP/t-1","","","DOCUMENTATION","","1772719200.1","1772719200.1","","","",""';
  assert.deepEqual(mapDocument(asterisk, line).outcomes, [{ nativeKind: 'cel.CHAN_START', status: 'unknown' }]);
});
