import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { discord } from '../../../ingest/connectors/discord/discord.ts';
import type { Trust } from '../../../ingest/trust.ts';
import type { SignedDelivery } from '../../../ingest/verify/signed.ts';
import { stripSecrets } from '../../../ingest/verify/strip-secrets.ts';
import { verifyDelivery } from '../../../ingest/verify/verify.ts';
import {
  bytes,
  text,
  twilio,
  slack,
  line,
  meta,
  freshchat,
  apple,
  vonage,
  now,
  epoch,
  url,
  json,
  base,
  hmac,
  own,
  type Case,
} from './cases.ts';
import { ownByEd25519, publicKeyInHex } from './cases-ed25519.ts';
import { ownBySms } from './cases-sms.ts';

/** The same text with one bit of one character turned. */
const flip = (value: string, index: number) =>
  value.slice(0, index) + String.fromCharCode(value.charCodeAt(index) ^ 1) + value.slice(index + 1);

/** Every delivery that differs from this one in one character of something that its vendor signed. */
function* tampered(delivery: SignedDelivery): Generator<[string, SignedDelivery]> {
  const { trust, headers } = delivery;
  const parts = trust.scheme === 'hmac' ? trust.parts : [];
  if (trust.scheme === 'sorted-query')
    for (const name of ['signature', 'timestamp', 'nonce'])
      yield [name, { ...delivery, url: delivery.url.replace(`${name}=`, `${name}=1`) }];
  if (trust.scheme === 'jwt' && trust.urlHashClaim)
    for (let index = 0; index < delivery.url.length; index++)
      yield ['url', { ...delivery, url: flip(delivery.url, index) }];
  if (
    parts.includes('body') ||
    parts.includes('form') ||
    trust.scheme === 'rsa-sha256' ||
    trust.scheme === 'ed25519' ||
    trust.scheme === 'parameter-hmac' ||
    (trust.scheme === 'jwt' && trust.bodyHashClaim)
  )
    for (let index = 0; index < delivery.body.length; index++)
      yield ['body', { ...delivery, body: bytes(flip(text(delivery.body), index)) }];
  if (parts.some((part) => part === 'url' || part === 'ordered-url' || part === 'plain-url'))
    for (let index = 0; index < delivery.url.length; index++)
      yield ['url', { ...delivery, url: flip(delivery.url, index) }];
  if (trust.scheme === 'path-secret')
    for (let index = url.length + 1; index < delivery.url.length; index++)
      yield ['path', { ...delivery, url: flip(delivery.url, index) }];
  if (trust.scheme === 'body-secret')
    for (let index = 0; index < delivery.body.length; index++)
      yield ['body', { ...delivery, body: bytes(flip(text(delivery.body), index)) }];
  for (const name of Object.keys(headers).filter((header) => header !== 'content-type'))
    for (let index = 0; index < headers[name]!.length; index++)
      yield [name, { ...delivery, headers: { ...headers, [name]: flip(headers[name]!, index) } }];
}

describe('a delivery is trusted only when it is its vendor’s own', () => {
  for (const { name, ...delivery } of [...own, ...ownBySms, ...ownByEd25519]) {
    test(`${name}: the right signature passes`, () => assert.deepEqual(verifyDelivery(delivery), { ok: true }));

    test(`${name}: one turned bit anywhere in what is signed fails`, () => {
      const all = [...tampered(delivery)];
      assert.ok(all.length > 0);
      for (const [part, changed] of all)
        assert.equal(verifyDelivery(changed).ok, false, `changed ${part}: ${changed.url} ${text(changed.body)}`);
    });

    test(`${name}: a wrong secret fails, and no reason shows a secret`, () => {
      const other = delivery.trust.scheme === 'rsa-sha256' ? otherPublicKey() : 'wrong horse';
      const verdict = verifyDelivery({ ...delivery, secret: other });
      assert.ok(!verdict.ok);
      assert.doesNotMatch(verdict.reason, /horse/);
    });

    test(`${name}: without a configured secret nothing passes`, () => {
      const verdict = verifyDelivery({ ...delivery, secret: undefined });
      assert.match(verdict.ok ? '' : verdict.reason, /secretEnv/);
    });
  }

  for (const { name, ...delivery } of [...own, ...ownByEd25519].filter(({ trust }) => 'header' in trust))
    test(`${name}: a missing header is named`, () => {
      const header = (delivery.trust as { header: string }).header;
      const verdict = verifyDelivery({
        ...delivery,
        headers: { ...delivery.headers, [header.toLowerCase()]: undefined },
      });
      assert.ok(!verdict.ok);
      assert.ok(verdict.reason.startsWith(`missing header ${header}`), verdict.reason);
    });

  for (const { name, ...delivery } of own.filter(({ trust }) => trust.scheme === 'hmac' && trust.timestamp))
    test(`${name}: a replay is refused, and so is a time from the future`, () => {
      for (const minutes of [6, -6]) {
        const verdict = verifyDelivery({ ...delivery, now: new Date(now.getTime() + minutes * 60_000) });
        assert.match(verdict.ok ? '' : verdict.reason, /expected at most 300 s/);
      }
    });
});

describe('a time among what is signed', () => {
  const verdictAt = (name: string, minutes: number) => {
    const { name: _, ...delivery } = own.find((each) => each.name === name)!;
    return verifyDelivery({ ...delivery, now: new Date(now.getTime() + minutes * 60_000) });
  };
  test('refuses a replay', () => {
    for (const name of ['Vonage', 'WeChat', 'TikTok', 'MessageBird']) {
      assert.equal(verdictAt(name, 0.5).ok, true, name);
      assert.match((verdictAt(name, 6) as { reason: string }).reason, /replay/, name);
    }
  });
  test('is the age of a token without an end, where the vendor has one', () => {
    const { name: _, ...delivery } = own.find((each) => each.name === 'Apple Messages')!;
    const trust = { ...apple, toleranceSeconds: 300 } as Trust;
    assert.deepEqual(verifyDelivery({ ...delivery, trust }), { ok: true });
    const late = verifyDelivery({ ...delivery, trust, now: new Date(now.getTime() + 360_000) });
    assert.match((late as { reason: string }).reason, /expected at most 300 s/);
  });
  test('a token that says it needs no signature is refused', () => {
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`;
    const headers = { authorization: `Bearer ${unsigned}` };
    assert.equal(verifyDelivery({ ...base, trust: apple, headers, body: bytes(json) }).ok, false);
  });
  test('parameters may come as JSON', () => {
    const sig = hmac('sha256', `&text=hi&timestamp=${epoch}`, 'hex');
    const body = bytes(JSON.stringify({ sig, text: 'hi', timestamp: Number(epoch) }));
    assert.deepEqual(verifyDelivery({ ...base, trust: vonage, headers: {}, body }), { ok: true });
    assert.equal(verifyDelivery({ ...base, trust: vonage, headers: {}, body: bytes('null') }).ok, false);
  });
});

const otherPublicKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'pem' }) as string;

describe('Twilio', () => {
  const sha256 = 'f5ab8f1c4e0a2c7c5f6e4a5ea1d8b2f3';
  const signedJson = (hash: string): SignedDelivery => {
    const address = `${url}?bodySHA256=${hash}`;
    return {
      ...base,
      trust: twilio,
      url: address,
      headers: { 'content-type': 'application/json', 'x-twilio-signature': hmac('sha1', address, 'base64') },
      body: bytes(json),
    };
  };

  test('a JSON body is bound by its hash in the address', () => {
    const hash = createHash('sha256').update(json).digest('hex');
    assert.deepEqual(verifyDelivery(signedJson(hash)), { ok: true });
    assert.equal(verifyDelivery(signedJson(sha256)).ok, false);
    assert.equal(verifyDelivery({ ...signedJson(hash), body: bytes('{}') }).ok, false);
  });

  test('a JSON body without a hash is refused although the address is signed', () => {
    const delivery = signedJson('');
    const plain = {
      ...delivery,
      url,
      headers: { ...delivery.headers, 'x-twilio-signature': hmac('sha1', url, 'base64') },
    };
    assert.match((verifyDelivery(plain) as { reason: string }).reason, /not covered/);
  });

  test('the standard port may stand in the signed address or not; another port is another address', () => {
    const [{ name: _, ...delivery }] = own as [Case];
    const withPort = (port: string) => url.replace('example.com', `example.com:${port}`);
    assert.equal(verifyDelivery({ ...delivery, url: withPort('443') }).ok, true);
    assert.equal(verifyDelivery({ ...delivery, url: withPort('8443') }).ok, false);
  });

  test('repeated form keys are signed once per distinct value', () => {
    const signature = hmac('sha1', `${url}MediaUrlaMediaUrlb`, 'base64');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
    const body = bytes('MediaUrl=b&MediaUrl=a&MediaUrl=b');
    assert.deepEqual(verifyDelivery({ ...base, trust: twilio, headers, body }), { ok: true });
  });
});

describe('Discord', () => {
  const { name: _, ...delivery } = ownByEd25519[0]!;
  const { trust } = discord;

  test('its key is taken whatever else the source may be trusted by, and never for a secret in the path', () => {
    assert.deepEqual(verifyDelivery({ ...delivery, trust }), { ok: true });
    const unsigned = { ...delivery, trust, headers: {} };
    assert.equal(verifyDelivery({ ...unsigned, url: `${url}/${publicKeyInHex}` }).ok, false);
    assert.equal(verifyDelivery({ ...unsigned, secret: 'horse', url: `${url}/horse` }).ok, true);
  });

  test('a delivery is refused once its tries are over', () => {
    const late = verifyDelivery({ ...delivery, trust, now: new Date(now.getTime() + 16 * 60_000) });
    assert.match((late as { reason: string }).reason, /expected at most 900 s/);
  });
});

test('a public key that is none is named as the cause', () => {
  const { name: _, ...delivery } = own.find(({ trust }) => trust.scheme === 'rsa-sha256')!;
  assert.match((verifyDelivery({ ...delivery, secret: 'not a key' }) as { reason: string }).reason, /expected PEM/);
});

describe('what is stored', () => {
  test('holds no signature, token or credential header', () => {
    const headers = { 'x-hub-signature-256': 'sha256=ab', authorization: 'Bearer x', cookie: 'a=b', 'user-agent': 'v' };
    assert.deepEqual(stripSecrets(meta, headers, bytes(json)), { headers: { 'user-agent': 'v' }, body: bytes(json) });
  });

  test('holds no secret of the body, and every other value exactly', () => {
    const trust: Trust = { scheme: 'body-secret', path: 'auth.key' };
    const { body } = stripSecrets(trust, {}, bytes('{"id":12345678901234567890,"auth":{"key":"horse"},"score":1.0}'));
    assert.equal(text(body), '{"id":12345678901234567890,"auth":{"key":""},"score":1.0}');
  });

  test('is left alone where the secret is not there', () => {
    const trust: Trust = { scheme: 'body-secret', path: 'auth.key' };
    for (const body of ['not json', '{"auth":1}', '[]'])
      assert.equal(text(stripSecrets(trust, {}, bytes(body)).body), body);
  });
});

const vectorFile = join(import.meta.dirname, '../../../../shared/data/payloads/_signatures/vectors.json');
const published: Record<string, Trust> = { twilio, slack, line, freshchat };

interface Vector {
  source: string;
  header: string;
  secret?: string;
  publicKey?: string;
  url?: string;
  params?: Record<string, string>;
  timestamp?: string;
  body?: string;
  signature: string;
}

test('the vendors’ own published vectors', { skip: existsSync(vectorFile) ? false : `${vectorFile} is absent` }, () => {
  const vectors = JSON.parse(readFileSync(vectorFile, 'utf8')) as Vector[];
  assert.equal(vectors.length, 4);
  for (const vector of vectors) {
    const delivery: SignedDelivery = {
      trust: published[vector.source]!,
      secret: vector.secret ?? vector.publicKey,
      method: 'POST',
      url: vector.url ?? url,
      headers: {
        [vector.header.toLowerCase()]: vector.signature,
        ...(vector.params && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(vector.timestamp && { 'x-slack-request-timestamp': vector.timestamp }),
      },
      body: bytes(vector.body ?? new URLSearchParams(vector.params).toString()),
      now: vector.timestamp ? new Date(Number(vector.timestamp) * 1000) : now,
    };
    assert.deepEqual(verifyDelivery(delivery), { ok: true }, vector.source);
    const last = delivery.body.length - 1;
    const changed = { ...delivery, body: bytes(flip(text(delivery.body), last)) };
    assert.equal(verifyDelivery(changed).ok, false, `${vector.source} with a changed body`);
  }
});
