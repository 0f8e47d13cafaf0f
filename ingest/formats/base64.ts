const ALPHABET = /^[A-Za-z0-9+/]{24,}={0,2}$/;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

/**
 * The text inside a body that is base64 as a whole, or undefined. Some senders encode messages with characters beyond
 * GSM-7 this way; a carrier may cut the message, so an unfinished last character is left out. A real message has spaces
 * or fails as UTF-8.
 */
export function decodeBase64Text(body: string): string | undefined {
  if (!ALPHABET.test(body) || body.length % 4 !== 0) return undefined;
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'), { stream: true });
    return decoded === '' || CONTROL.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}
