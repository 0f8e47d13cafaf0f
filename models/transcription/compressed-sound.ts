import { MPEGDecoder } from 'mpg123-decoder';
import { OpusDecoder } from 'opus-decoder';
import { opus } from 'prism-media';
import { setImmediate } from 'node:timers/promises';
import { MediaFailure } from '../../ingest/media/media-failure.ts';
import type { Sound } from './sound.ts';

/** A few seconds of sound; requests are served between two steps. */
const STEP_BYTES = 64 * 1024;
const STEP_PACKETS = 200;
/** Opus decodes to any of its rates; this one suffices for speech. */
const OPUS_RATE = 16_000;

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly sampleRate: number;
}

/** Reads an MP3 file. Throws MediaFailure where no sound is in it. */
export async function readMp3(bytes: Uint8Array): Promise<Sound> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    const parts: Decoded[] = [];
    for (let start = 0; start < bytes.length; start += STEP_BYTES) {
      parts.push(decoder.decode(bytes.subarray(start, start + STEP_BYTES)));
      await setImmediate();
    }
    return joined(parts, 'MP3');
  } finally {
    decoder.free();
  }
}

/** Reads Opus in Ogg, as voice notes come. Throws MediaFailure where no sound is in it. */
export async function readOggOpus(bytes: Uint8Array): Promise<Sound> {
  const { head, packets } = await packetsOf(bytes);
  const channels = head.readUInt8(9);
  if (channels > 2) throw new MediaFailure(`invalid Opus file with ${channels} channels; expected one or two`, false);
  const decoder = new OpusDecoder({ sampleRate: OPUS_RATE, channels, preSkip: head.readUInt16LE(10) });
  await decoder.ready;
  try {
    const parts: Decoded[] = [];
    for (let start = 0; start < packets.length; start += STEP_PACKETS) {
      parts.push(decoder.decodeFrames(packets.slice(start, start + STEP_PACKETS)));
      await setImmediate();
    }
    return joined(parts, 'Opus');
  } finally {
    decoder.free();
  }
}

async function packetsOf(bytes: Uint8Array): Promise<{ head: Buffer; packets: Buffer[] }> {
  const demuxer = new opus.OggDemuxer();
  let head: Buffer | undefined;
  demuxer.once('head', (found: Buffer) => (head = found));
  demuxer.end(Buffer.from(bytes));
  const packets: Buffer[] = [];
  try {
    for await (const packet of demuxer) packets.push(packet as Buffer);
  } catch (cause) {
    throw new MediaFailure(`invalid Ogg file; ${(cause as Error).message}`, false);
  }
  if (!head || head.length < 12) throw new MediaFailure('invalid Ogg file; expected the head of an Opus stream', false);
  return { head, packets };
}

function joined(parts: readonly Decoded[], format: string): Sound {
  const heard = parts.filter(({ channelData }) => (channelData[0]?.length ?? 0) > 0);
  const [first] = heard;
  if (!first) throw new MediaFailure(`invalid ${format} file; expected sound in it`, false);
  return {
    sampleRate: first.sampleRate,
    channels: first.channelData.map((_, channel) => concatenated(heard.map((part) => part.channelData[channel]!))),
  };
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
