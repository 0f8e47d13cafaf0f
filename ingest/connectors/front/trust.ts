import type { Trust } from '../../trust.ts';

/** Webhooks of an application are signed with its signing key and a time; those of a rule with the older API secret. */
export const frontTrust: Trust = {
  scheme: 'one-of',
  schemes: [
    {
      scheme: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'X-Front-Signature',
      parts: [{ header: 'X-Front-Request-Timestamp' }, { text: ':' }, 'body'],
      timestamp: { header: 'X-Front-Request-Timestamp', unit: 'epoch', toleranceSeconds: 300 },
    },
    { scheme: 'hmac', algorithm: 'sha1', encoding: 'base64', header: 'X-Front-Signature', parts: ['body'] },
  ],
};
