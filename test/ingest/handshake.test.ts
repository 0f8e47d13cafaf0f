import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerHandshake } from '../../ingest/handshake.ts';
import type { Handshake } from '../../ingest/trust.ts';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('Meta asks with a verify token and a challenge', () => {
  const meta: Handshake = {
    kind: 'echo-query',
    tokenParameter: 'hub.verify_token',
    challengeParameter: 'hub.challenge',
  };
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'right', 'hub.challenge': '1158201444' };
  const ask = (asked: Record<string, string>, verifyToken?: string, method = 'GET') =>
    answerHandshake(meta, { method, query: asked }, { verifyToken });

  test('the right token gets the challenge back as plain text', () => {
    assert.deepEqual(ask(query, 'right'), { status: 200, contentType: 'text/plain', body: '1158201444' });
  });
  test('a wrong, a missing and an unconfigured token get 403', () => {
    assert.equal(ask({ ...query, 'hub.verify_token': 'wrong' }, 'right')?.status, 403);
    assert.equal(ask({ 'hub.challenge': '1' }, 'right')?.status, 403);
    assert.equal(ask(query)?.status, 403);
  });
  test('a delivery is no question', () => {
    assert.equal(ask(query, 'right', 'POST'), undefined);
    assert.equal(ask({}, 'right'), undefined);
  });
});

describe('X asks for a signed token', () => {
  const x: Handshake = {
    kind: 'sign-query',
    parameter: 'crc_token',
    algorithm: 'sha256',
    encoding: 'base64',
    answerField: 'response_token',
    prefix: 'sha256=',
  };
  test('the token comes back signed', () => {
    const answer = answerHandshake(x, { method: 'GET', query: { crc_token: 'challenge' } }, { secret: 'secret' });
    assert.deepEqual(answer, {
      status: 200,
      contentType: 'application/json',
      // printf challenge | openssl dgst -sha256 -hmac secret -binary | base64
      body: '{"response_token":"sha256=oeUF6Wxqoezggrue+wbIDxKRPSF6esKwizR2MHh9HaA="}',
    });
  });
  test('without a secret it is 403', () => {
    assert.equal(answerHandshake(x, { method: 'GET', query: { crc_token: 'challenge' } }, {})?.status, 403);
  });
  test('a GET without a token is no question', () => {
    assert.equal(answerHandshake(x, { method: 'GET', query: {} }, { secret: 'secret' }), undefined);
  });
});

describe('Slack asks in the body', () => {
  const slack: Handshake = {
    kind: 'echo-body',
    typeField: 'type',
    typeValue: 'url_verification',
    challengeField: 'challenge',
  };
  const ask = (body?: Uint8Array, method = 'POST') => answerHandshake(slack, { method, query: {}, body }, {});

  test('the challenge comes back as JSON', () => {
    const answer = ask(bytes({ type: 'url_verification', challenge: '3eZbrw' }));
    assert.deepEqual(answer, { status: 200, contentType: 'application/json', body: '{"challenge":"3eZbrw"}' });
  });
  test('an event, a broken body, a GET and no body are no questions', () => {
    assert.equal(ask(bytes({ type: 'event_callback', challenge: 'x' })), undefined);
    assert.equal(ask(new TextEncoder().encode('{')), undefined);
    assert.equal(ask(bytes({ type: 'url_verification', challenge: 'x' }), 'GET'), undefined);
    assert.equal(ask(), undefined);
  });
});

test('who only asks whether somebody is there is told so', () => {
  for (const method of ['GET', 'HEAD'])
    assert.equal(answerHandshake({ kind: 'accept-get' }, { method, query: {} }, {})?.status, 200);
  assert.equal(answerHandshake({ kind: 'accept-get' }, { method: 'POST', query: {} }, {}), undefined);
});

test('a source without a handshake is asked nothing', () => {
  assert.equal(
    answerHandshake(undefined, { method: 'GET', query: { 'hub.challenge': '1' } }, { verifyToken: 'x' }),
    undefined,
  );
});

describe('RCS asks with our token and a text to answer', () => {
  const rcs: Handshake = { kind: 'echo-text', tokenField: 'clientToken', answerField: 'secret' };
  const ask = (clientToken: string, secret?: string) =>
    answerHandshake(
      rcs,
      { method: 'POST', query: {}, body: bytes({ clientToken, secret: '123' }) },
      secret ? { secret } : {},
    );
  test('the right token gets the text, a wrong or an unconfigured one 403', () => {
    assert.deepEqual(ask('right', 'right'), { status: 200, contentType: 'text/plain', body: '123' });
    assert.equal(ask('wrong', 'right')?.status, 403);
    assert.equal(ask('right')?.status, 403);
  });
  test('a delivery is no question', () => {
    const body = bytes({ message: {} });
    assert.equal(answerHandshake(rcs, { method: 'POST', query: {}, body }, { secret: 'right' }), undefined);
  });
});

describe('VK asks for a text it told us before', () => {
  const vk: Handshake = { kind: 'answer-token', typeField: 'type', typeValue: 'confirmation' };
  const ask = (type: string, verifyToken?: string) =>
    answerHandshake(vk, { method: 'POST', query: {}, body: bytes({ type }) }, verifyToken ? { verifyToken } : {});
  test('it is the verify token, without which it is 403', () => {
    assert.deepEqual(ask('confirmation', 'a1b2'), { status: 200, contentType: 'text/plain', body: 'a1b2' });
    assert.equal(ask('confirmation')?.status, 403);
    assert.equal(ask('message_new', 'a1b2'), undefined);
  });
});

describe('WeChat asks with a signed query', () => {
  const wechat: Handshake = {
    kind: 'echo-signed-query',
    signature: 'signature',
    timestamp: 'timestamp',
    nonce: 'nonce',
    challengeParameter: 'echostr',
  };
  // printf 123token | sha1sum, of the sorted 1, 23 and token
  const query = { signature: '0d9b2a3a6c2e0c4d', timestamp: '1', nonce: '23', echostr: 'hello' };
  test('a wrong signature is 403, and a GET without a challenge no question', () => {
    assert.equal(answerHandshake(wechat, { method: 'GET', query }, { secret: 'token' })?.status, 403);
    assert.equal(answerHandshake(wechat, { method: 'GET', query: {} }, { secret: 'token' }), undefined);
  });
  test('the right signature gets the challenge back', () => {
    const signature = '8dac65bf7d0bf298178c3bd3dd88f0c255a41f6e';
    assert.deepEqual(answerHandshake(wechat, { method: 'GET', query: { ...query, signature } }, { secret: 'token' }), {
      status: 200,
      contentType: 'text/plain',
      body: 'hello',
    });
  });
});

describe('Zoom asks for a signature of its token', () => {
  const zoom: Handshake = {
    kind: 'sign-body',
    typeField: 'event',
    typeValue: 'endpoint.url_validation',
    path: 'payload.plainToken',
    algorithm: 'sha256',
    encoding: 'hex',
    tokenField: 'plainToken',
    signatureField: 'encryptedToken',
  };
  const question = bytes({ event: 'endpoint.url_validation', payload: { plainToken: 'qgg8vlvZRS6UYooatFL8Aw' } });
  const ask = (body: Uint8Array, secret?: string) =>
    answerHandshake(zoom, { method: 'POST', query: {}, body }, { secret });

  test('the token comes back with its signature', () => {
    const answer = JSON.parse(ask(question, 's')!.body) as Record<string, string>;
    assert.equal(answer.plainToken, 'qgg8vlvZRS6UYooatFL8Aw');
    assert.match(answer.encryptedToken!, /^[0-9a-f]{64}$/);
    assert.notEqual(answer.encryptedToken, (JSON.parse(ask(question, 't')!.body) as typeof answer).encryptedToken);
  });
  test('without a secret it is refused; an event is no question', () => {
    assert.equal(ask(question)?.status, 403);
    assert.equal(ask(bytes({ event: 'recording.completed', payload: {} }), 's'), undefined);
  });
});

describe('what is signed for everybody who asks', () => {
  test('is no delivery: neither its body nor what Zoom signs of one', () => {
    const x: Handshake = {
      kind: 'sign-query',
      parameter: 'crc_token',
      algorithm: 'sha256',
      encoding: 'base64',
      answerField: 'response_token',
      prefix: 'sha256=',
    };
    const forged = answerHandshake(x, { method: 'GET', query: { crc_token: '{"for_user_id":"1"}' } }, { secret: 's' });
    assert.equal(forged?.status, 403);
    const zoom: Handshake = {
      kind: 'sign-body',
      typeField: 'event',
      typeValue: 'endpoint.url_validation',
      path: 'payload.plainToken',
      algorithm: 'sha256',
      encoding: 'hex',
      tokenField: 'plainToken',
      signatureField: 'encryptedToken',
    };
    const body = bytes({ event: 'endpoint.url_validation', payload: { plainToken: 'v0:1767261600:{"event":"x"}' } });
    assert.equal(answerHandshake(zoom, { method: 'POST', query: {}, body }, { secret: 's' })?.status, 403);
  });
});
