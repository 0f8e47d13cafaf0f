import type { RoleName } from '../../ingest/records.ts';
import type { SpeechSegment } from '../../ingest/transcripts.ts';
import type { Speech, TranscriptionEngine } from './engine.ts';
import { readSound, type Sound } from './sound.ts';
import { writeWav } from './wav.ts';

/**
 * Puts a file into words, channel by channel where the file has them. Who speaks is told by the channel alone: by
 * `roles`, the left one first. Without them, and for a mixed file, segments carry no role: nobody is made up.
 */
export async function transcribeSpeakers(
  speech: Speech,
  roles: readonly RoleName[],
  engine: TranscriptionEngine,
): Promise<SpeechSegment[]> {
  const parts = await channelsOf(speech);
  // One role for a mixed file is a person on a recording of their own; two cannot be told apart in it.
  const known = parts.length === roles.length ? roles : [];
  const segments: SpeechSegment[] = [];
  for (const [channel, part] of parts.entries())
    for (const segment of await engine.transcribe(part)) {
      const role = known[channel];
      segments.push({ ...segment, ...(parts.length > 1 && { channel }), ...(role && { role }) });
    }
  return segments.sort((a, b) => a.start - b.start || (a.channel ?? 0) - (b.channel ?? 0));
}

/**
 * Channels with the same sound on each are one: players like two, and the words must not stand twice. What we cannot
 * read ourselves goes to the engine as it is.
 */
async function channelsOf(speech: Speech): Promise<Speech[]> {
  const sound = await readSound(speech.bytes).catch((): Sound | undefined => undefined);
  if (!sound || sound.channels.length === 1) return [speech];
  const [first, ...rest] = sound.channels;
  const distinct = rest.every((other) => isSame(first!, other)) ? [first!] : sound.channels;
  return distinct.map((samples) => ({ bytes: writeWav(samples, sound.sampleRate), mimeType: 'audio/wav' }));
}

function isSame(left: Float32Array, right: Float32Array): boolean {
  return left.every((sample, index) => Math.abs(sample - right[index]!) < 0.001);
}
