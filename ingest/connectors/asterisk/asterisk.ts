import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, type SplitContext, type Unit } from '../../connector.ts';
import { exchangeSettings, fieldsOf } from '../../formats/exchange.ts';
import { mapCallRecord } from './call-record.ts';
import { inOrder } from './columns.ts';
import { isQueueEvent, mapQueueEvent } from './queue-log.ts';

const Settings = z.strictObject({
  ...exchangeSettings([
    'from-pstn',
    'from-trunk',
    'from-did-direct',
    'ext-did',
    'from-external',
    'incoming',
    'inbound',
  ]),
});
export type AsteriskSettings = z.infer<typeof Settings>;

/** The exchange adds up to five columns, as it is set: uniqueid, userfield, and peeraccount, linkedid, sequence. */
const COLUMNS = { least: 16, most: 21 };

/** A line of the log of channel events has as many columns as a call record, and begins with what happened. */
const CHANNEL_EVENT =
  /^(CHAN_(START|END)|ANSWER|HANGUP|APP_(START|END)|BRIDGE_(ENTER|EXIT|START|END|UPDATE)|CONF_\w+|PARK_(START|END)|BLINDTRANSFER|ATTENDEDTRANSFER|PICKUP|FORWARD|LINKEDID_END|LOCAL_OPTIMIZE(_BEGIN)?|USER_DEFINED|STREAM_(BEGIN|END)|DTMF)$/;

/** One line of `Master.csv` (call detail records) or of `queue_log`, told apart by their separators. */
function* split(line: unknown): Generator<Unit<readonly string[]>> {
  if (typeof line !== 'string') throw new SourceError('invalid document; expected a line of Master.csv or queue_log');
  if (/^\d{9,}\|/.test(line)) {
    const native = line.split('|');
    const event = native[4] ?? '';
    yield { kind: isQueueEvent(event) ? 'event' : 'unknown', nativeKind: `queue_log.${event}`, native };
    return;
  }
  const fields = fieldsOf(line);
  if (!fields) throw new SourceError('invalid line of CSV; expected quotes that close');
  const native = inOrder(fields);
  if (['accountcode', 'clid', 'calldate'].includes(native[0] ?? ''))
    yield { kind: 'ignored', nativeKind: 'header', native };
  else if (CHANNEL_EVENT.test(native[0] ?? '')) yield { kind: 'unknown', nativeKind: `cel.${native[0]}`, native };
  else if (native.length >= COLUMNS.least && native.length <= COLUMNS.most)
    yield { kind: 'call', nativeKind: 'cdr', native };
  else yield { kind: 'unknown', nativeKind: `line of ${native.length} fields`, native };
}

export const asterisk = defineConnector<readonly string[], AsteriskSettings>({
  name: 'asterisk',
  title: 'Asterisk call records and queue log',
  version: 1,
  channels: ['voice', 'voicemail'],
  docs: ['https://docs.asterisk.org/Configuration/Reporting/Call-Detail-Records-CDR/'],
  formats: ['lines'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'uniqueid of the calling channel, else that channel and the time of the call; legs are linked by linkedid',
  split,
  map: (unit: Unit<readonly string[]>, context: SplitContext<AsteriskSettings>) =>
    unit.nativeKind === 'cdr' ? mapCallRecord(unit.native, context) : mapQueueEvent(unit.native, context),
});
