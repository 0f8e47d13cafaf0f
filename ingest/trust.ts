/**
 * How a source proves that a webhook is its own, as data: connectors state it, `verify.ts` and `handshake.ts` are the
 * only code that acts on it.
 */

/** One piece of the string a vendor signs. `form` = the sorted form parameters, names and values run together. */
export type SignedPart = 'body' | 'url' | 'form' | 'method' | { header: string } | { text: string };

export type Trust =
  | {
      scheme: 'hmac';
      algorithm: 'sha1' | 'sha256' | 'sha512';
      encoding: 'hex' | 'base64';
      /** Header with the signature. */
      header: string;
      /** Text before the signature in the header, e.g. `sha256=`. */
      prefix?: string;
      parts: readonly SignedPart[];
      /** Header with the signing time; deliveries outside the window are replays. */
      timestamp?: { header: string; unit: 'second' | 'millisecond' | 'iso'; toleranceSeconds: number };
    }
  | { scheme: 'rsa-sha256'; header: string; encoding: 'base64' }
  /** A shared secret in a header, compared in constant time. */
  | { scheme: 'header-token'; header: string; prefix?: string }
  /** A shared secret inside the JSON body at a dotted path; it is blanked before storage. */
  | { scheme: 'body-secret'; path: string }
  /** The vendor signs nothing: a secret stands in the path, `/v1/ingest/<source>/<secret>`. */
  | { scheme: 'path-secret' };

/** A question a vendor asks once, before it sends anything. */
export type Handshake =
  /** GET with a verify token to check and a challenge to echo (Meta). */
  | { kind: 'echo-query'; tokenParameter: string; challengeParameter: string }
  /** GET with a token to sign: answers JSON `{response_token: "sha256=…"}` (X). */
  | {
      kind: 'sign-query';
      parameter: string;
      algorithm: 'sha256';
      encoding: 'base64';
      answerField: string;
      prefix: string;
    }
  /** POST whose JSON body carries a challenge to echo (Slack). */
  | { kind: 'echo-body'; typeField: string; typeValue: string; challengeField: string };
