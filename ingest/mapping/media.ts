import { SourceError } from '../../errors.ts';
import type { FactList } from '../fact-list.ts';
import type { FactOf } from '../records.ts';
import type { FieldReader } from './field-reader.ts';
import { valuesAt } from './path.ts';
import { present } from './shared-facts.ts';
import type { Value } from './value.ts';

/** A file as a message names it, and where its bytes are, if the source says. */
interface File {
  readonly reference: NonNullable<FactOf<'utterance'>['media']>[number];
  readonly address: string | undefined;
  readonly durationSeconds: number | undefined;
}

export function readFiles(read: FieldReader): File[] {
  const spec = read.kind.media;
  if (!spec) return [];
  const places = spec.list === undefined ? [read] : valuesAt(read.scope, spec.list).map((file) => read.at(file));
  return places
    .map((file) => ({
      reference: present({
        mediaId: file.one(spec.id),
        name: file.one(spec.name),
        mimeType: file.one(spec.type),
        byteSize: file.number('size', spec.size),
        sha256: file.one(spec.sha256),
      }),
      address: file.one(spec.address),
      durationSeconds: secondsOf(file, spec.seconds),
    }))
    .filter(({ reference, address }) => address !== undefined || Object.keys(reference).length > 0);
}

function secondsOf(file: FieldReader, spec: Value | undefined): number | undefined {
  const seconds = file.number('seconds', spec);
  if (seconds !== undefined && seconds < 0)
    throw new SourceError(`invalid seconds: ${seconds}; expected how long the recording is`);
  return seconds;
}

/** States the files that can be fetched; of a message what was attached, of a conversation its recording. */
export function addFiles(
  facts: FactList,
  read: FieldReader,
  files: readonly File[],
  place: { threadId: string; owner: string; utteranceId?: string; startedAt?: Date | undefined },
): void {
  const { threadId, owner, utteranceId, startedAt } = place;
  const kind = read.kind.media?.kind ?? (utteranceId === undefined ? 'recording' : 'file');
  for (const [index, { reference, address, durationSeconds }] of files.entries()) {
    if (address === undefined) continue;
    const { mediaId, mimeType, byteSize, sha256 } = reference;
    facts.media({
      threadId,
      nativeId: mediaId ?? `${owner}/${index}`,
      kind,
      address,
      ...present({ utteranceId, startedAt, durationSeconds, mimeType, byteSize, sha256 }),
    });
  }
}
