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

test('a source without a handshake is asked nothing', () => {
  assert.equal(
    answerHandshake(undefined, { method: 'GET', query: { 'hub.challenge': '1' } }, { verifyToken: 'x' }),
    undefined,
  );
});
