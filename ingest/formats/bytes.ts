import { gunzipSync } from 'node:zlib';
import { SourceError } from '../../errors.ts';

const GZIP_MAGIC = [0x1f, 0x8b];

/** Unzips gzip bytes, and returns others as they are. Throws where the stream is cut off or damaged. */
export function gunzipIfNeeded(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== GZIP_MAGIC[0] || bytes[1] !== GZIP_MAGIC[1]) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new SourceError(`invalid gzip: ${(cause as Error).message}; expected a complete stream`, { cause });
  }
}

/** Decodes text by its byte order mark, else as UTF-8. Throws at the first byte that is not UTF-8, and says where it is. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const offset = firstInvalidByte(bytes);
    const byte = bytes[offset]?.toString(16).padStart(2, '0');
    throw new SourceError(
      `invalid text: byte 0x${byte} at offset ${offset}; expected UTF-8 (or UTF-16 with a byte order mark)`,
      { cause },
    );
  }
}

function firstInvalidByte(bytes: Uint8Array): number {
  const decoded = new TextDecoder('utf-8').decode(bytes);
  return Buffer.byteLength(decoded.slice(0, decoded.indexOf('\ufffd')));
}
