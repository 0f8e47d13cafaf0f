import type { Handshake, Trust } from '../trust.ts';

/** How the products of Meta sign: HMAC-SHA256 of the body with the app's secret. */
export const metaTrust: Trust = {
  scheme: 'hmac',
  algorithm: 'sha256',
  encoding: 'hex',
  header: 'X-Hub-Signature-256',
  prefix: 'sha256=',
  parts: ['body'],
};

/** The question they ask once, when the webhook is set up. */
export const metaHandshake: Handshake = {
  kind: 'echo-query',
  tokenParameter: 'hub.verify_token',
  challengeParameter: 'hub.challenge',
};
