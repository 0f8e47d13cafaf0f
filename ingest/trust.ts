/**
 * How a source proves that a webhook is its own, as data: connectors state it, `verify.ts` and `handshake.ts` are the
 * only code that acts on it.
 */

/** One piece of the string a vendor signs. `form` = the sorted form parameters, names and values run together. */
export type SignedPart =
  | 'body'
  | 'url'
  | 'form'
  | 'method'
  | { header: string }
  | { text: string }
  /** A field of a signature header that is a list, see `list`. */
  | { field: string }
  /** The bytes that stand in base64 at a dotted path of the JSON body. */
  | { base64: string };

export type Trust =
  | {
      scheme: 'hmac';
      algorithm: 'sha1' | 'sha256' | 'sha512';
      encoding: 'hex' | 'base64';
      /** Header with the signature. */
      header: string;
      /** Text before the signature in the header, e.g. `sha256=`. */
      prefix?: string;
      /** The header is a list of fields (`t=1700000000,s=ab12…`), and the signature is this one of them. */
      list?: string;
      parts: readonly SignedPart[];
      /** Header with the signing time (or its field of the list); deliveries outside the window are replays. */
      timestamp?: {
        header: string;
        field?: string;
        unit: 'second' | 'millisecond' | 'epoch' | 'iso';
        toleranceSeconds: number;
      };
    }
  /** A JSON web token (HS256) in a header; its claims may hold SHA-256 hashes (hex) of the body and of the address. */
  | {
      scheme: 'jwt';
      header: string;
      prefix?: string;
      /** How the configured secret spells the key; as it stands where absent. */
      secretEncoding?: 'base64';
      bodyHashClaim?: string;
      urlHashClaim?: string;
      /** Longest age of `iat`, where the vendor sets no `exp`. */
      toleranceSeconds?: number;
    }
  /** A signature among the parameters themselves: HMAC in hex over `&name=value…` of the others, in order of name. */
  | {
      scheme: 'parameter-hmac';
      algorithm: 'sha256' | 'sha512';
      parameter: string;
      timestampParameter: string;
      toleranceSeconds: number;
    }
  /** SHA-1 (hex) over secret, time and nonce, sorted and joined; all but the secret stand in the query. */
  | { scheme: 'sorted-query'; signature: string; timestamp: string; nonce: string; toleranceSeconds: number }
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
  /** POST whose JSON body carries our token and a text to answer with (RCS). */
  | { kind: 'echo-text'; tokenField: string; answerField: string }
  /** POST of one type that wants a text the vendor told us before, our verify token (VK). */
  | { kind: 'answer-token'; typeField: string; typeValue: string }
  /** GET signed in its query, with a challenge to echo (WeChat). */
  | { kind: 'echo-signed-query'; signature: string; timestamp: string; nonce: string; challengeParameter: string }
  /** POST whose JSON body carries a challenge to echo (Slack). */
  | { kind: 'echo-body'; typeField: string; typeValue: string; challengeField: string }
  /** POST whose JSON body carries a token to sign, at a dotted path: answers the token with its signature (Zoom). */
  | {
      kind: 'sign-body';
      typeField: string;
      typeValue: string;
      path: string;
      algorithm: 'sha256';
      encoding: 'hex';
      tokenField: string;
      signatureField: string;
    };
