import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectorOf } from '../../../ingest/mapping/connector.ts';
import { parseMapping } from '../../../ingest/mapping/file.ts';
import { answerHandshake } from '../../../ingest/handshake.ts';
import { stripSecrets } from '../../../ingest/verify/strip-secrets.ts';
import { verifyDelivery } from '../../../ingest/verify/verify.ts';

const desk = (lines: string) =>
  connectorOf(
    parseMapping(
      `name: desk\ntitle: Desk\nchannel: chat\naccepts: [webhook]\n${lines}\nkinds: [{is: ignored}]`,
      'desk.yaml',
    ),
  );

const request = {
  method: 'POST',
  url: 'https://example.com/v1/ingest/desk',
  body: new TextEncoder().encode('{}'),
  now: new Date('2026-03-02T10:00:00Z'),
};

describe('the trust of a mapped source', () => {
  it('can be a user and a password, which are not stored', () => {
    const { trust } = desk('trust: {scheme: basic}');
    const secret = Buffer.from('desk:sesame').toString('base64');
    const headers = { authorization: `Basic ${secret}`, 'content-type': 'application/json' };
    assert.deepEqual(verifyDelivery({ ...request, trust, secret, headers }), { ok: true });
    const wrong = { authorization: `Basic ${Buffer.from('desk:other').toString('base64')}` };
    assert.equal(verifyDelivery({ ...request, trust, secret, headers: wrong }).ok, false);
    assert.deepEqual(stripSecrets(trust, headers, request.body).headers, { 'content-type': 'application/json' });
  });

  it('answers the question that a sender asks first', () => {
    const { handshake } = desk(
      'trust: {scheme: path-secret}\nhandshake: {kind: echo-body, typeField: type, typeValue: check, challengeField: word}',
    );
    const body = new TextEncoder().encode('{"type": "check", "word": "sesame"}');
    const answer = answerHandshake(handshake!, { method: request.method, body, query: {} }, {});
    assert.match(answer!.body, /sesame/);
  });
});
