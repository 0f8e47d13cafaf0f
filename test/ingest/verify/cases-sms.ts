import { createHash, createHmac } from 'node:crypto';
import { messagebird } from '../../../ingest/connectors/messagebird/messagebird.ts';
import { vonage } from '../../../ingest/connectors/vonage.ts';
import { base, bytes, epoch, hmac, json, url, wayOf, type Case } from './cases.ts';

/** Further ways in which services of text messages sign. */
export const ownBySms: Case[] = [
  {
    ...base,
    name: 'Vonage, by SHA-512',
    trust: wayOf(vonage, 2),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: bytes(
      `msisdn=15550100&text=Hi&timestamp=${epoch}&sig=${hmac('sha512', `&msisdn=15550100&text=Hi&timestamp=${epoch}`, 'hex')}`,
    ),
  },
  {
    ...base,
    name: 'Bird',
    trust: wayOf(messagebird, 1),
    headers: {
      'messagebird-request-timestamp': epoch,
      'messagebird-signature': createHmac('sha256', base.secret)
        .update(`${epoch}\n${url}\n`)
        .update(createHash('sha256').update(json).digest())
        .digest('base64'),
    },
    body: bytes(json),
  },
];
