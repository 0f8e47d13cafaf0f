import { readMp3, readOggOpus } from './compressed-sound.ts';
import { isWav, readWav } from './wav.ts';

/** Sound as samples from -1 to 1, one array per channel, the left one first. */
export interface Sound {
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

/**
 * Reads a recording as vendors give them: WAV, MP3, and Opus in Ogg (voice notes). Undefined for any other format. Throws
 * MediaFailure where the file is broken.
 */
export async function readSound(bytes: Uint8Array): Promise<Sound | undefined> {
  if (isWav(bytes)) return readWav(bytes);
  if (isMp3(bytes)) return readMp3(bytes);
  if (startsWith(bytes, 'OggS') && Buffer.from(bytes.subarray(0, 64)).includes('OpusHead')) return readOggOpus(bytes);
  return undefined;
}

const startsWith = (bytes: Uint8Array, tag: string): boolean =>
  Buffer.from(bytes.subarray(0, tag.length)).equals(Buffer.from(tag));

/** A tag before it, or a frame's eleven set bits with a layer: AAC, which begins alike, has none. */
const isMp3 = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 'ID3') || (bytes[0] === 0xff && (bytes[1]! & 0xe0) === 0xe0 && (bytes[1]! & 0x06) !== 0);
