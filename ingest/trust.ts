/**
 * How a source proves that a webhook is its own, as data: connectors state it, `verify/`, `handshake.ts` and `unseal.ts`
 * are the only code that acts on it.
 */

/** One piece of the string a vendor signs. `form` = the sorted form parameters, names and values run together. */
export type SignedPart =
  | 'body'
  /** The SHA-256 of the body, as it is: 32 bytes (Bird). */
  | 'body-hash'
  | 'url'
  /** The address without its parameters. */
  | 'plain-url'
  /** The address with the marks `: / ? @ ! $ ' ( ) * , ;` decoded (HubSpot). */
  | 'decoded-url'
  /** The address with its parameters in order, and those of the form after them (Plivo). */
  | 'ordered-url'
  | 'form'
  | 'method'
  | { header: string }
  | { text: string }
  /** A field of a signature header that is a list, see `list`. */
  | { field: string }
  /** The bytes that stand in base64 at a dotted path of the JSON body. */
  | { base64: string };

export type Trust =
  | Scheme
  /** The vendor signs in several ways, by product, age or setting of the account: one of them has to fit. */
  | { scheme: 'one-of'; schemes: readonly Scheme[] };

type Scheme =
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
      /** The header holds several signatures with commas between them, one per key in use. */
      hasSeveral?: boolean;
      /** How the configured secret spells the key; as it stands where absent. */
      secretEncoding?: 'base64';
      parts: readonly SignedPart[];
      /** Dotted paths of older secrets that still stand in the JSON body: not checked, and blanked before storage. */
      bodySecrets?: readonly string[];
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
  /** A JSON web token (RS256) by the vendor's published key, in PEM or as a JSON web key set; `iss` is the verify token. */
  | { scheme: 'jwt-rs256'; header: string; prefix?: string; toleranceSeconds: number }
  /** A signature among the parameters themselves: HMAC in hex over `&name=value…` of the others, in order of name. */
  | {
      scheme: 'parameter-hmac';
      algorithm: 'sha256' | 'sha512';
      parameter: string;
      timestampParameter: string;
      toleranceSeconds: number;
    }
  /** SHA-1 (hex) over secret, time and nonce, sorted and joined; all but the secret stand in the query. */
  | {
      scheme: 'sorted-query';
      signature: string;
      timestamp: string;
      nonce: string;
      toleranceSeconds: number;
      /** A second signature, made in the same way of the sealed text too, which is one element of the XML body. */
      seal?: { signature: string; field: string };
    }
  | { scheme: 'rsa-sha256'; header: string; encoding: 'base64' }
  /** Ed25519 (hex) over a timestamp in epoch seconds and the body, by a public key of 32 bytes in hex (Discord). */
  | { scheme: 'ed25519'; header: string; timestampHeader: string; toleranceSeconds: number }
  /** A shared secret in a header, compared in constant time. */
  | { scheme: 'header-token'; header: string; prefix?: string }
  /** A shared secret in the JSON body at a dotted path, in each entry of a `list[]`; it is blanked before storage. */
  | { scheme: 'body-secret'; path: string }
  /** The vendor signs nothing: a secret stands in the path, `/v1/ingest/<source>/<secret>`. */
  | { scheme: 'path-secret' };

/** How a vendor seals what it sends; it is opened once it is trusted and before it is stored, so that it can be erased. */
export type Seal =
  /** AES-256-CBC in base64, in one element of an XML body: 16 bytes of chance, length, text, account (WeChat). */
  | { kind: 'xml-element'; field: string }
  /** Notifications in `value[]` whose resource is sealed with a key that is sealed with our public key (Microsoft Graph). */
  | { kind: 'notifications' };

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
  /** POST with a text in the query to answer with (Microsoft Graph). */
  | { kind: 'echo-parameter'; parameter: string }
  /** POST with a challenge to echo in a header (Front). */
  | { kind: 'echo-header'; header: string; answerField: string }
  /** GET or HEAD without anything, to see whether somebody is there (Zoho, SurveyMonkey). */
  | { kind: 'accept-get' }
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

/** The ways in which a source proves itself, in words: `hmac sha256 or path secret`. */
export function describeTrust(trust: Trust): string {
  if (trust.scheme === 'one-of') return [...new Set(trust.schemes.map(describeTrust))].join(' or ');
  const name = trust.scheme.replaceAll('-', ' ');
  return 'algorithm' in trust ? `${name} ${trust.algorithm}` : name;
}
