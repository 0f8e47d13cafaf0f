import assert from 'node:assert/strict';
import {
  constants,
  createCipheriv,
  createHash,
  createHmac,
  createSign,
  generateKeyPairSync,
  publicEncrypt,
  sign,
} from 'node:crypto';
import { describe, test } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { land } from '../../ingest/land.ts';
import { WebhookReceiver, type WebhookRequest } from '../../ingest/webhooks.ts';
import { silentLogger } from '../../logger.ts';

/** Deliveries on their whole way: signed as the vendor's documents say, trusted, opened, stored without secrets, landed. */
const now = () => new Date('2026-03-02T10:00:00Z');
const epoch = String(now().getTime() / 1000);
const bytes = (text: string) => new TextEncoder().encode(text);
const hmac = (algorithm: string, key: string | Buffer, signed: string) => createHmac(algorithm, key).update(signed);
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

async function send(
  source: string,
  environment: Record<string, string>,
  request: Partial<Omit<WebhookRequest, 'body'>> & { body?: string; query?: Record<string, string> },
) {
  const names = { SECRET: 'secretEnv', TOKEN: 'verifyTokenEnv', KEY: 'sealKeyEnv' } as Record<string, string>;
  const configured = Object.fromEntries(Object.keys(environment).map((name) => [names[name]!, name]));
  const config = normalizeConfig({ sources: { [source]: configured } }, environment);
  const store = await Store.open();
  const effects = { config, store, logger: silentLogger, now };
  const query = new URLSearchParams(request.query ?? {}).toString();
  const answer = await new WebhookReceiver(effects).handle({
    source,
    method: 'POST',
    url: `https://shop.example.com/v1/ingest/${source}${query && `?${query}`}`,
    headers: {},
    query: {},
    ...request,
    body: bytes(request.body ?? ''),
  });
  await land(store, config, { logger: silentLogger, now });
  const stored = await store.all<{ body: Uint8Array; headers: string }>('select body, headers from raw.delivery');
  const said = await store.all<{ text: string | null }>('select text from core.utterance order by occurred_at');
  await store.close();
  return {
    answer,
    stored: stored.map(({ body, headers }) => new TextDecoder().decode(body) + JSON.stringify(headers)),
    said: said.map(({ text }) => text),
  };
}

describe('Slack', () => {
  test('the old token of an event is not stored', async () => {
    const body = JSON.stringify({
      token: 'xoxb-old-token',
      team_id: 'T1',
      type: 'event_callback',
      event: { type: 'message', channel: 'C012345678', user: 'U1', ts: '1772445600.000100', text: 'Where is it?' },
    });
    const signature = `v0=${hmac('sha256', 's', `v0:${epoch}:${body}`).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-slack-request-timestamp': epoch };
    const sent = await send(
      'slack',
      { SECRET: 's' },
      { body, headers: { ...headers, 'x-slack-signature': signature } },
    );
    assert.equal(sent.answer.status, 200);
    assert.deepEqual(sent.said, ['Where is it?']);
    assert.doesNotMatch(sent.stored.join(), /xoxb|v0=/);
  });
});

describe('Discord', () => {
  test('a form that somebody filled in is signed with the app’s key, and answered without content', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex');
    const field = { type: 4, custom_id: 'body', value: 'It came in pieces' };
    const data = { custom_id: 'ticket', components: [{ type: 1, components: [field] }] };
    const user = { id: '7', username: 'jo' };
    const form = { id: '1456224000000000011', application_id: '5', type: 5, channel_id: '41', member: { user }, data };
    const body = JSON.stringify(form);
    const signature = sign(null, bytes(epoch + body), privateKey).toString('hex');
    const headers = { 'content-type': 'application/json', 'x-signature-timestamp': epoch };
    const request = (given: string) => ({ body, headers: { ...headers, 'x-signature-ed25519': given } });
    const sent = await send('discord', { SECRET: key }, request(signature));
    assert.deepEqual([sent.answer.status, sent.answer.body, sent.said], [204, '', ['It came in pieces']]);
    const refused = await send('discord', { SECRET: key }, request('0'.repeat(128)));
    assert.deepEqual([refused.answer.status, refused.said], [401, []]);
  });
});

describe('Front', () => {
  test('the challenge of an application comes back', async () => {
    const headers = { 'x-front-challenge': 'abc123', 'content-type': 'application/json' };
    const { answer } = await send('front', { SECRET: 's' }, { headers, body: '{"type":"sync"}' });
    assert.deepEqual([answer.status, answer.body], [200, '{"challenge":"abc123"}']);
  });
  test('a rule is trusted by its older signature, and nothing without one', async () => {
    const body = '{"_results":[]}';
    const signed = { 'x-front-signature': hmac('sha1', 's', body).digest('base64') };
    assert.equal((await send('front', { SECRET: 's' }, { body, headers: signed })).answer.status, 200);
    for (const headers of [{} as Record<string, string>, { 'x-front-signature': 'c29tZXRoaW5n' }])
      assert.equal((await send('front', { SECRET: 's' }, { body, headers })).answer.status, 401);
  });
});

describe('HubSpot', () => {
  test('signs its address with some marks decoded', async () => {
    const signed = `POSThttps://shop.example.com/v1/ingest/hubspot?team=a:b/c&mail=x%20y[]${epoch}000`;
    const sent = await send(
      'hubspot',
      { SECRET: 's' },
      {
        url: 'https://shop.example.com/v1/ingest/hubspot?team=a%3Ab%2Fc&mail=x%20y',
        headers: {
          'content-type': 'application/json',
          'x-hubspot-request-timestamp': `${epoch}000`,
          'x-hubspot-signature-v3': hmac('sha256', 's', signed).digest('base64'),
        },
        body: '[]',
      },
    );
    assert.equal(sent.answer.status, 200);
  });
});

describe('Twilio', () => {
  test('a number may be set to be called by GET, whose whole address is signed', async () => {
    const query = { MessageSid: 'SM01', From: '+12125550142', To: '+12125550100', Body: 'Is it late?' };
    const url = `https://shop.example.com/v1/ingest/twilio-sms?${new URLSearchParams(query).toString()}`;
    const headers = { 'x-twilio-signature': hmac('sha1', 's', url).digest('base64') };
    const { answer, said } = await send('twilio-sms', { SECRET: 's' }, { method: 'GET', query, headers });
    assert.deepEqual([answer.status, said], [200, ['Is it late?']]);
    const changed = { ...query, Body: 'Is it early?' };
    const { answer: refused } = await send('twilio-sms', { SECRET: 's' }, { method: 'GET', query: changed, headers });
    assert.equal(refused.status, 401);
  });
});

describe('MessageBird', () => {
  test('a report comes in the parameters of a GET, which the signature of the address covers', async () => {
    const query = { id: 'b1', originator: '15550100', recipient: '15550199', body: 'Is it late?' };
    const url = `https://shop.example.com/v1/ingest/messagebird?${new URLSearchParams(query).toString()}`;
    const claims = {
      nbf: Number(epoch) - 1,
      exp: Number(epoch) + 60,
      url_hash: createHash('sha256').update(url).digest('hex'),
    };
    const signed = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
    const headers = { 'messagebird-signature-jwt': `${signed}.${hmac('sha256', 's', signed).digest('base64url')}` };
    const { answer, said } = await send('messagebird', { SECRET: 's' }, { method: 'GET', query, headers });
    assert.deepEqual([answer.status, said], [200, ['Is it late?']]);
    const changed = { ...query, body: 'Is it early?' };
    const { answer: refused } = await send('messagebird', { SECRET: 's' }, { method: 'GET', query: changed, headers });
    assert.equal(refused.status, 401);
  });
});

describe('Vonage', () => {
  const parameters = {
    messageId: '0A0000000123ABCD1',
    msisdn: '15550100',
    to: '15550199',
    text: 'Is it late?',
    type: 'text',
    'message-timestamp': '2026-03-02 09:59:58',
    timestamp: epoch,
  };
  const signed = Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&${name}=${value}`)
    .join('');
  test('a message may come in the parameters of a GET', async () => {
    const query = { ...parameters, sig: hmac('sha256', 's', signed).digest('hex') };
    const { answer, said } = await send('vonage', { SECRET: 's' }, { method: 'GET', query });
    assert.equal(answer.status, 200);
    assert.deepEqual(said, ['Is it late?']);
    const changed = { ...query, text: 'Is it early?' };
    assert.equal((await send('vonage', { SECRET: 's' }, { method: 'GET', query: changed })).answer.status, 401);
  });
  test('a token that does not cover the body is refused', async () => {
    const head = encode({ alg: 'HS256' });
    const payload = encode({ iat: Number(epoch) });
    const token = `${head}.${payload}.${hmac('sha256', 's', `${head}.${payload}`).digest('base64url')}`;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    assert.equal((await send('vonage', { SECRET: 's' }, { headers, body: '{"a":1}' })).answer.status, 401);
  });
});

describe('Zoho Desk', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] });
  const environment = { SECRET: secret, TOKEN: 'orgId:77' };
  const tokenOf = (claims: Record<string, unknown>) => {
    const signed = `${encode({ alg: 'RS256', kid: 'k1' })}.${encode(claims)}`;
    return `${signed}.${createSign('sha256').update(signed).sign(privateKey).toString('base64url')}`;
  };
  const deliver = (claims: Record<string, unknown>, url = 'https://shop.example.com/v1/ingest/zoho-desk') =>
    send('zoho-desk', environment, {
      url,
      headers: { 'content-type': 'application/json', 'x-zdesk-jwt': tokenOf(claims) },
      body: '{"data":[]}',
    });
  test('a token of Zoho for our organisation passes, one for another does not', async () => {
    const exp = Number(epoch) + 60;
    assert.equal((await deliver({ iss: 'orgId:77', exp })).answer.status, 200);
    assert.equal((await deliver({ iss: 'orgId:78', exp })).answer.status, 401);
    assert.equal((await deliver({ iss: 'orgId:77', exp: exp - 600 })).answer.status, 401);
    assert.equal((await deliver({ iss: 'orgId:77' })).answer.status, 401);
  });
  test('the published key at the end of the path opens nothing', async () => {
    const url = `https://shop.example.com/v1/ingest/zoho-desk/${encodeURIComponent(secret)}`;
    const request = { url, headers: { 'content-type': 'application/json' }, body: '{"data":[]}' };
    assert.equal((await send('zoho-desk', environment, request)).answer.status, 401);
  });
  test('it asks whether somebody is there', async () => {
    assert.equal((await send('zoho-desk', environment, { method: 'GET' })).answer.status, 200);
  });
});

describe('WeChat, sealed', () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const encodingKey = key.toString('base64').slice(0, 43);
  const message = `<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>${epoch}</CreateTime><MsgType>text</MsgType><Content>请问到哪里了</Content><MsgId>7</MsgId></xml>`;
  const seal = (text: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    const plain = Buffer.concat([Buffer.alloc(16, 7), length, Buffer.from(text), Buffer.from('wx-app')]);
    const count = 32 - (plain.length % 32);
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(count, count)])), cipher.final()]).toString(
      'base64',
    );
  };
  const sha1 = (...parts: string[]) => createHash('sha1').update(parts.sort().join('')).digest('hex');
  const query = (sealed: string) => ({
    signature: sha1('token', epoch, '77'),
    timestamp: epoch,
    nonce: '77',
    encrypt_type: 'aes',
    msg_signature: sha1('token', epoch, '77', sealed),
  });
  const deliver = (body: string, asked: Record<string, string>) =>
    send(
      'wechat',
      { SECRET: 'token', KEY: encodingKey },
      { headers: { 'content-type': 'text/xml' }, query: asked, body },
    );
  const sealed = seal(message);

  test('what is stored and said is the opened message', async () => {
    const body = `<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
    const { answer, said, stored } = await deliver(body, query(sealed));
    assert.equal(answer.status, 200);
    assert.deepEqual(said, ['请问到哪里了']);
    assert.match(stored[0]!, /^<xml><ToUserName>gh_1<\/ToUserName><FromUserName>o1/);
  });
  test('another text under the same signature, and a plain one, are refused', async () => {
    const other = seal(message.replace('请问', '不'));
    const body = (text: string) => `<xml><Encrypt><![CDATA[${text}]]></Encrypt></xml>`;
    assert.equal((await deliver(body(other), query(sealed))).answer.status, 401);
    const { msg_signature: _, encrypt_type: __, ...plain } = query(sealed);
    assert.equal((await deliver(message, plain)).answer.status, 401);
    assert.equal((await deliver(body('AAAA'), query('AAAA'))).answer.status, 401);
  });
});

describe('Microsoft Graph', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const resource = {
    id: '1772445600000',
    messageType: 'message',
    createdDateTime: '2026-03-02T10:00:00.000Z',
    chatId: '19:a@thread.v2',
    from: { user: { id: 'u1', displayName: 'Ana', userIdentityType: 'anonymousGuest' } },
    body: { contentType: 'text', content: 'My order is late' },
  };
  const sealResource = () => {
    const key = Buffer.alloc(32, 9);
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
    const data = Buffer.concat([cipher.update(JSON.stringify(resource)), cipher.final()]);
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    return {
      data: data.toString('base64'),
      dataSignature: hmac('sha256', key, '').update(data).digest('base64'),
      dataKey: publicEncrypt({ key: publicKey, padding, oaepHash: 'sha1' }, key).toString('base64'),
      encryptionCertificateId: 'c1',
    };
  };
  const notice = {
    subscriptionId: 'sub-1',
    changeType: 'created',
    clientState: 'state',
    resource: "chats('19:a@thread.v2')/messages('1772445600000')",
  };
  const deliver = (value: object[], environment: Record<string, string> = { SECRET: 'state', KEY: pem }) =>
    send('microsoft-teams', environment, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ value, validationTokens: ['e30.e30.x'] }),
    });

  test('the validation token comes back as plain text', async () => {
    const request = { query: { validationToken: 'Validation: a b' } };
    const { answer } = await send('microsoft-teams', { SECRET: 'state' }, request);
    assert.deepEqual([answer.status, answer.contentType, answer.body], [200, 'text/plain', 'Validation: a b']);
  });
  test('a sealed message is opened, said and stored without state, key and token', async () => {
    const { answer, said, stored } = await deliver([{ ...notice, encryptedContent: sealResource() }]);
    assert.equal(answer.status, 200);
    assert.deepEqual(said, ['My order is late']);
    assert.doesNotMatch(stored[0]!, /"state"|dataKey|validationTokens|e30/);
  });
  test('each notification needs the state, and a changed text the right signature', async () => {
    const wrong = { ...notice, clientState: 'other' };
    const { clientState: _, ...without } = notice;
    for (const value of [[wrong], [notice, wrong], [notice, without], [without]])
      assert.equal((await deliver(value)).answer.status, 401);
    const changed = { ...sealResource(), dataSignature: 'AAAA' };
    assert.equal((await deliver([{ ...notice, encryptedContent: changed }])).answer.status, 401);
    const sealed = [{ ...notice, encryptedContent: sealResource() }];
    assert.equal((await deliver(sealed, { SECRET: 'state' })).answer.status, 401);
  });
  test('a deletion blanks the message', async () => {
    const { said } = await deliver([
      { ...notice, encryptedContent: sealResource() },
      { ...notice, changeType: 'deleted' },
    ]);
    assert.deepEqual(said, [null]);
  });
});

describe('Microsoft Teams, an outgoing webhook', () => {
  test('what mentions it is said in the channel', async () => {
    const key = Buffer.alloc(32, 3).toString('base64');
    const body = JSON.stringify({
      type: 'message',
      id: '1772445600000',
      timestamp: '2026-03-02T10:00:00.000Z',
      text: '<at>Helper</at> Is it late?\n',
      from: { id: '29:1', name: 'Ana', aadObjectId: 'u1' },
      conversation: { isGroup: true, id: '19:c@thread.tacv2;messageid=1772445500000' },
      channelData: { teamsChannelId: '19:c@thread.tacv2', tenant: { id: 't2' } },
    });
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      authorization: `HMAC ${hmac('sha256', Buffer.from(key, 'base64'), body).digest('base64')}`,
    };
    const { answer, said } = await send('microsoft-teams', { SECRET: key }, { headers, body });
    assert.equal(answer.status, 200);
    assert.deepEqual(said, ['Helper Is it late?']);
  });
});
