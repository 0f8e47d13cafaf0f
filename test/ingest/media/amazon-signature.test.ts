import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { amazonHeaders } from '../../../ingest/media/amazon-signature.ts';
import { fetchMedia } from '../../../ingest/media/media-fetch.ts';

const now = () => new Date('2026-03-10T12:00:00Z');
const secret = 'AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const address = 'path:example-recordings/connect/desk/CallRecordings/2026/03/10/c-1_20260310T11%3A02_UTC.wav';

/** What Amazon's own library for Python (botocore 1.43) makes of the same question. */
const authorization =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260310/eu-west-1/s3/aws4_request, ' +
  'SignedHeaders=host;x-amz-content-sha256;x-amz-date, ' +
  'Signature=f1b2fa018c6fdc7c2866ddb494512d36dcb0fb4250e7c879c933d21414bfa698';

const configured = (baseUrl: string) =>
  normalizeConfig({ sources: { 'contact-lens': { baseUrl, pullSecretEnv: 'BUCKET' } } }, { BUCKET: secret });

describe('a file in a bucket', () => {
  test('is asked for with a signature, and the secret is not sent', async () => {
    const asked: { url: string; headers: Headers }[] = [];
    const fetch = (async (url: URL, { headers }: RequestInit) => {
      asked.push({ url: url.href, headers: new Headers(headers) });
      return new Response('sound', { headers: { 'content-type': 'audio/wav' } });
    }) as typeof globalThis.fetch;
    const media = { source: 'contact-lens', address };
    const { bytes, mimeType } = await fetchMedia(media, configured('https://s3.eu-west-1.amazonaws.com'), {
      fetch,
      now,
    });
    assert.equal(Buffer.from(bytes).toString(), 'sound');
    assert.equal(mimeType, 'audio/wav');
    assert.equal(asked.length, 1);
    assert.equal(asked[0]!.url, address.replace('path:', 'https://s3.eu-west-1.amazonaws.com/'));
    assert.deepEqual(Object.fromEntries(asked[0]!.headers), {
      authorization,
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-amz-date': '20260310T120000Z',
    });
  });

  test('may stand in a store of one’s own that speaks as Amazon’s', async () => {
    const url = new URL('http://127.0.0.1:9000/recordings/c-1.wav');
    const headers = await amazonHeaders({ source: 'contact-lens', secret, url, now: now() });
    assert.match(headers.authorization!, /Credential=AKIDEXAMPLE\/20260310\/us-east-1\/s3\/aws4_request/);
  });

  test('needs both parts of the secret, which no message repeats', async () => {
    const url = new URL('https://s3.eu-west-1.amazonaws.com/recordings/c-1.wav');
    await assert.rejects(amazonHeaders({ source: 'contact-lens', secret: 'AKIDEXAMPLE', url, now: now() }), {
      message: 'invalid secret of source contact-lens; expected access key id:secret access key',
    });
  });
});
