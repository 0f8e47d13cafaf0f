import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { crisp } from '../../../ingest/connectors/crisp/crisp.ts';
import { front } from '../../../ingest/connectors/front/front.ts';
import { hubspot } from '../../../ingest/connectors/hubspot/hubspot.ts';
import { intercom } from '../../../ingest/connectors/intercom/intercom.ts';
import { tawk } from '../../../ingest/connectors/tawk.ts';
import { kustomer } from '../../../ingest/connectors/kustomer/kustomer.ts';
import { microsoftTeams } from '../../../ingest/connectors/microsoft-teams/microsoft-teams.ts';
import { outlookGraph } from '../../../ingest/connectors/outlook-graph.ts';
import { plivo } from '../../../ingest/connectors/plivo.ts';
import { vonage as vonageConnector } from '../../../ingest/connectors/vonage.ts';
import { wechat as wechatConnector } from '../../../ingest/connectors/wechat.ts';
import type { Connector } from '../../../ingest/connector.ts';
import type { Trust } from '../../../ingest/trust.ts';
import type { SignedDelivery } from '../../../ingest/verify/signed.ts';

/** How each vendor signs, and a delivery signed so; verify.test.ts turns every bit of them. */
export const bytes = (text: string) => new TextEncoder().encode(text);
export const text = (body: Uint8Array) => new TextDecoder().decode(body);

export const twilio: Trust = {
  scheme: 'hmac',
  algorithm: 'sha1',
  encoding: 'base64',
  header: 'X-Twilio-Signature',
  parts: ['url', 'form'],
};
export const slack: Trust = {
  scheme: 'hmac',
  algorithm: 'sha256',
  encoding: 'hex',
  header: 'X-Slack-Signature',
  prefix: 'v0=',
  parts: [{ text: 'v0:' }, { header: 'X-Slack-Request-Timestamp' }, { text: ':' }, 'body'],
  timestamp: { header: 'X-Slack-Request-Timestamp', unit: 'second', toleranceSeconds: 300 },
};
export const line: Trust = {
  scheme: 'hmac',
  algorithm: 'sha256',
  encoding: 'base64',
  header: 'X-Line-Signature',
  parts: ['body'],
};
export const meta: Trust = { ...line, encoding: 'hex', header: 'X-Hub-Signature-256', prefix: 'sha256=' };
export const typeform: Trust = { ...line, header: 'Typeform-Signature', prefix: 'sha256=' };
export const zendesk: Trust = {
  ...line,
  header: 'X-Zendesk-Webhook-Signature',
  parts: [{ header: 'X-Zendesk-Webhook-Signature-Timestamp' }, 'body'],
  timestamp: { header: 'X-Zendesk-Webhook-Signature-Timestamp', unit: 'iso', toleranceSeconds: 300 },
};
export const chatwoot: Trust = {
  ...meta,
  header: 'X-Chatwoot-Signature',
  parts: [{ header: 'X-Chatwoot-Timestamp' }, { text: '.' }, 'body'],
  timestamp: { header: 'X-Chatwoot-Timestamp', unit: 'second', toleranceSeconds: 300 },
};
export const freshchat: Trust = { scheme: 'rsa-sha256', header: 'X-Freshchat-Signature', encoding: 'base64' };

export const tiktok: Trust = {
  ...meta,
  header: 'Tiktok-Signature',
  prefix: '',
  list: 's',
  parts: [{ field: 't' }, { text: '.' }, 'body'],
  timestamp: { header: 'Tiktok-Signature', field: 't', unit: 'second', toleranceSeconds: 300 },
};
export const rcs: Trust = {
  ...line,
  algorithm: 'sha512',
  header: 'X-Goog-Signature',
  parts: [{ base64: 'message.data' }],
};
export const messagebird: Trust = {
  scheme: 'jwt',
  header: 'MessageBird-Signature-JWT',
  bodyHashClaim: 'payload_hash',
  urlHashClaim: 'url_hash',
};
export const apple: Trust = { scheme: 'jwt', header: 'Authorization', prefix: 'Bearer ', secretEncoding: 'base64' };
export const vonage: Trust = {
  scheme: 'parameter-hmac',
  algorithm: 'sha256',
  parameter: 'sig',
  timestampParameter: 'timestamp',
  toleranceSeconds: 300,
};
export const wechat: Trust = {
  scheme: 'sorted-query',
  signature: 'signature',
  timestamp: 'timestamp',
  nonce: 'nonce',
  toleranceSeconds: 300,
};

/** One of the ways in which a source may sign. */
export const wayOf = ({ trust }: Connector, place: number): Trust =>
  trust.scheme === 'one-of' ? trust.schemes[place]! : trust;

export const now = new Date('2026-03-02T10:00:00Z');
export const epoch = String(now.getTime() / 1000);
export const url = 'https://shop.example.com/v1/ingest/source';
export const json = '{"text":"Where is my parcel?"}';
export const form = 'From=%2B15550100&To=%2B15550199&Body=Where+is+it%3F';

export type Case = { name: string } & SignedDelivery;
export const base = { method: 'POST', url, now, secret: 'correct horse' };
export const hmac = (algorithm: string, signed: string, encoding: 'hex' | 'base64') =>
  createHmac(algorithm, base.secret).update(signed).digest(encoding);

export const digest = (algorithm: string, signed: string) => createHash(algorithm).update(signed).digest('hex');
export const token = (claims: Record<string, unknown>, key: string | Buffer = base.secret) => {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
};
export const base64 = (value: string) => Buffer.from(value).toString('base64');

export const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }) as string;

/** Signed here with node:crypto, each as its vendor's documentation says. */
export const own: Case[] = [
  {
    ...base,
    name: 'Twilio form',
    trust: twilio,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': hmac('sha1', `${url}BodyWhere is it?From+15550100To+15550199`, 'base64'),
    },
    body: bytes(form),
  },
  {
    ...base,
    name: 'Slack',
    trust: slack,
    headers: {
      'x-slack-request-timestamp': epoch,
      'x-slack-signature': `v0=${hmac('sha256', `v0:${epoch}:${json}`, 'hex')}`,
    },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Meta',
    trust: meta,
    headers: { 'x-hub-signature-256': `sha256=${hmac('sha256', json, 'hex')}` },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Typeform',
    trust: typeform,
    headers: { 'typeform-signature': `sha256=${hmac('sha256', json, 'base64')}` },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Zendesk',
    trust: zendesk,
    headers: {
      'x-zendesk-webhook-signature-timestamp': '2026-03-02T09:59:30Z',
      'x-zendesk-webhook-signature': hmac('sha256', `2026-03-02T09:59:30Z${json}`, 'base64'),
    },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Chatwoot',
    trust: chatwoot,
    headers: {
      'x-chatwoot-timestamp': epoch,
      'x-chatwoot-signature': `sha256=${hmac('sha256', `${epoch}.${json}`, 'hex')}`,
    },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Intercom',
    trust: intercom.trust,
    headers: { 'x-hub-signature': `sha1=${hmac('sha1', json, 'hex')}` },
    body: bytes(json),
  },
  {
    ...base,
    name: 'tawk.to',
    trust: tawk.trust,
    headers: { 'x-tawk-signature': hmac('sha1', json, 'hex') },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Crisp, in milliseconds',
    trust: wayOf(crisp, 0),
    headers: {
      'x-crisp-request-timestamp': `${epoch}000`,
      'x-crisp-signature': hmac('sha256', `[${epoch}000;${json}]`, 'hex'),
    },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Front, in seconds',
    trust: wayOf(front, 0),
    headers: {
      'x-front-request-timestamp': epoch,
      'x-front-signature': hmac('sha256', `${epoch}:${json}`, 'base64'),
    },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Front, a rule',
    trust: wayOf(front, 1),
    headers: { 'x-front-signature': hmac('sha1', json, 'base64') },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Kustomer',
    trust: wayOf(kustomer, 0),
    headers: { 'x-kustomer-webhook-signature': hmac('sha256', json, 'hex') },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Teams, an outgoing webhook',
    trust: wayOf(microsoftTeams, 0),
    secret: base64('correct horse'),
    headers: { authorization: `HMAC ${hmac('sha256', json, 'base64')}` },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Graph, notifications',
    trust: wayOf(outlookGraph, 0),
    headers: {},
    body: bytes(`{"value":[{"clientState":"${base.secret}"},{"clientState":"${base.secret}"}]}`),
  },
  {
    ...base,
    name: 'Plivo, the third version',
    trust: wayOf(plivo, 0),
    url: `${url}?shop=2&lang=de`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-plivo-signature-v3-nonce': '4711',
      'x-plivo-signature-v3': hmac(
        'sha256',
        `${url}?lang=de&shop=2.BodyWhere is it?From+15550100To+15550199.4711`,
        'base64',
      ),
    },
    body: bytes(form),
  },
  {
    ...base,
    name: 'Plivo, the third version without query',
    trust: wayOf(plivo, 0),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-plivo-signature-v3-nonce': '4711',
      'x-plivo-signature-v3': hmac('sha256', `${url}?BodyWhere is it?From+15550100To+15550199.4711`, 'base64'),
    },
    body: bytes(form),
  },
  {
    ...base,
    name: 'Plivo, the second version',
    trust: wayOf(plivo, 1),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-plivo-signature-v2-nonce': '4711',
      'x-plivo-signature-v2': hmac('sha256', `${url}4711`, 'base64'),
    },
    body: bytes(form),
  },
  {
    ...base,
    name: 'Vonage Messages',
    trust: wayOf(vonageConnector, 0),
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token({ iss: 'Vonage', iat: Number(epoch), payload_hash: digest('sha256', json) })}`,
    },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Vonage Messages, the parameters of a GET',
    trust: wayOf(vonageConnector, 0),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Bearer ${token({ iat: Number(epoch), payload_hash: digest('sha256', '{"to":"15550199","text":"Hi"}') })}`,
    },
    body: bytes('to=15550199&text=Hi'),
  },
  {
    ...base,
    name: 'WeChat, sealed',
    trust: wechatConnector.trust,
    url: `${url}?signature=${digest('sha1', [base.secret, epoch, '77'].sort().join(''))}&timestamp=${epoch}&nonce=77&encrypt_type=aes&msg_signature=${digest('sha1', [base.secret, epoch, '77', 'c2VhbGVk'].sort().join(''))}`,
    headers: {},
    body: bytes('<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[c2VhbGVk]]></Encrypt></xml>'),
  },
  {
    ...base,
    name: 'HubSpot',
    trust: hubspot.trust,
    headers: {
      'x-hubspot-request-timestamp': `${epoch}000`,
      'x-hubspot-signature-v3': hmac('sha256', `POST${url}${json}${epoch}000`, 'base64'),
    },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Freshchat',
    trust: freshchat,
    secret: publicKey,
    headers: { 'x-freshchat-signature': sign('sha256', bytes(json), keys.privateKey).toString('base64') },
    body: bytes(json),
  },
  {
    ...base,
    name: 'TikTok',
    trust: tiktok,
    headers: { 'tiktok-signature': `t=${epoch},s=${hmac('sha256', `${epoch}.${json}`, 'hex')}` },
    body: bytes(json),
  },
  {
    ...base,
    name: 'RCS',
    trust: rcs,
    headers: { 'x-goog-signature': hmac('sha512', json, 'base64') },
    body: bytes(`{"message":{"data":"${base64(json)}"}}`),
  },
  {
    ...base,
    name: 'MessageBird',
    trust: messagebird,
    headers: {
      'messagebird-signature-jwt': token({
        nbf: Number(epoch) - 1,
        exp: Number(epoch) + 60,
        payload_hash: digest('sha256', json),
        url_hash: digest('sha256', url),
      }),
    },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Apple Messages',
    trust: apple,
    secret: base64('correct horse'),
    headers: { authorization: `Bearer ${token({ aud: 'msp', iat: Number(epoch) }, Buffer.from('correct horse'))}` },
    body: bytes(json),
  },
  {
    ...base,
    name: 'Vonage',
    trust: vonage,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: bytes(
      `msisdn=15550100&text=a%26b&timestamp=${epoch}&sig=${hmac('sha256', `&msisdn=15550100&text=a_b&timestamp=${epoch}`, 'hex')}`,
    ),
  },
  {
    ...base,
    name: 'WeChat',
    trust: wechat,
    url: `${url}?signature=${digest('sha1', [base.secret, epoch, '77'].sort().join(''))}&timestamp=${epoch}&nonce=77`,
    headers: {},
    body: bytes('<xml></xml>'),
  },
  {
    ...base,
    name: 'header token',
    trust: { scheme: 'header-token', header: 'Authorization', prefix: 'Bearer ' },
    headers: { authorization: `Bearer ${base.secret}` },
    body: bytes(json),
  },
  {
    ...base,
    name: 'body secret',
    trust: { scheme: 'body-secret', path: 'auth.secret_key' },
    headers: {},
    body: bytes(`{"auth":{"secret_key":"${base.secret}"}}`),
  },
  {
    ...base,
    name: 'path secret',
    trust: { scheme: 'path-secret' },
    url: `${url}/correct%20horse`,
    headers: {},
    body: bytes(json),
  },
];
