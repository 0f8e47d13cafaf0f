import { MediaFailure } from '../../ingest/media/media-failure.ts';
import type { Sound } from './sound.ts';

const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
const EXTENSIBLE = 0xfffe;

export const isWav = (bytes: Uint8Array): boolean =>
  bytes.length >= 12 && tagAt(bytes, 0) === 'RIFF' && tagAt(bytes, 8) === 'WAVE';

const tagAt = (bytes: Uint8Array, offset: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + offset, 4).toString('latin1');

interface Form {
  readonly code: number;
  readonly countChannels: number;
  readonly sampleRate: number;
  readonly bits: number;
}

/**
 * Reads a WAV file: PCM of 8 to 32 bits, floating point, and the two laws of telephony (G.711). A file that was cut off,
 * or whose header counts no bytes because it was streamed, gives what is there. Throws MediaFailure.
 */
export function readWav(bytes: Uint8Array): Sound {
  if (!isWav(bytes)) throw invalid('expected RIFF and WAVE');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let form: Form | undefined;
  for (let offset = 12; offset + 8 <= bytes.length;) {
    const [tag, size] = [tagAt(bytes, offset), view.getUint32(offset + 4, true)];
    const start = offset + 8;
    if (tag === 'fmt ' && start + 16 <= bytes.length) form = readForm(view, start, size);
    if (tag === 'data')
      return { sampleRate: checked(form).sampleRate, channels: samplesIn(view, start, size, checked(form)) };
    // Chunks stand on even offsets.
    offset = start + size + (size % 2);
  }
  throw invalid('expected a data chunk');
}

function readForm(view: DataView, start: number, size: number): Form {
  const code = view.getUint16(start, true);
  // The extensible form says what it is in the first two bytes of a GUID.
  const isLong = code === EXTENSIBLE && size >= 26 && start + 26 <= view.byteLength;
  return {
    code: isLong ? view.getUint16(start + 24, true) : code,
    countChannels: view.getUint16(start + 2, true),
    sampleRate: view.getUint32(start + 4, true),
    bits: view.getUint16(start + 14, true),
  };
}

const invalid = (rule: string): MediaFailure => new MediaFailure(`invalid WAV file; ${rule}`, false);

function checked(form: Form | undefined): Form {
  if (!form) throw invalid('expected a fmt chunk before the data');
  if (form.countChannels < 1 || form.countChannels > 16 || form.sampleRate < 4_000 || form.sampleRate > 400_000)
    throw invalid('expected 1 to 16 channels of 4 to 400 kHz');
  return form;
}

type Read = (view: DataView, offset: number) => number;

const readers: Readonly<Record<string, Read>> = {
  [`${PCM}/8`]: (view, offset) => (view.getUint8(offset) - 128) / 128,
  [`${PCM}/16`]: (view, offset) => view.getInt16(offset, true) / 32_768,
  [`${PCM}/24`]: (view, offset) => ((view.getInt8(offset + 2) << 16) | view.getUint16(offset, true)) / 8_388_608,
  [`${PCM}/32`]: (view, offset) => view.getInt32(offset, true) / 2_147_483_648,
  [`${FLOAT}/32`]: (view, offset) => view.getFloat32(offset, true),
  [`${FLOAT}/64`]: (view, offset) => view.getFloat64(offset, true),
  [`${A_LAW}/8`]: (view, offset) => fromALaw(view.getUint8(offset)) / 32_768,
  [`${MU_LAW}/8`]: (view, offset) => fromMuLaw(view.getUint8(offset)) / 32_768,
};

function samplesIn(view: DataView, start: number, size: number, { code, bits, countChannels }: Form): Float32Array[] {
  const read = readers[`${code}/${bits}`];
  if (!read) throw invalid(`expected PCM, floating point or G.711, not form ${code} with ${bits} bits`);
  const frameBytes = (bits / 8) * countChannels;
  const frames = Math.floor(Math.min(size || Infinity, view.byteLength - start) / frameBytes);
  return Array.from({ length: countChannels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let frame = 0; frame < frames; frame++)
      samples[frame] = read(view, start + frame * frameBytes + channel * (bits / 8));
    return samples;
  });
}

/** ITU-T G.711. */
function fromMuLaw(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = ((((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> 4)) - 0x84;
  return value & 0x80 ? -magnitude : magnitude;
}

/** ITU-T G.711. */
function fromALaw(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value & 0x70) >> 4;
  const base = ((value & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? base : (base + 0x100) << (exponent - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

/** One channel as a WAV file of 16 bits. */
export function writeWav(samples: Float32Array, sampleRate: number): Uint8Array {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(PCM, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) =>
    bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))), 44 + index * 2),
  );
  return bytes;
}
