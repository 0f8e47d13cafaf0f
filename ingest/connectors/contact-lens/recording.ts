import type { FactList } from '../../fact-list.ts';
import { fromIsoOrEpoch } from '../../formats/time.ts';
import { objectsOf, textOf, type Loose } from '../../formats/value.ts';

/**
 * Sound of a call and pictures of the agent's screen, in a bucket of the company's own: `Location` is the bucket and the
 * key. Transcripts of chats stand there too; they are delivered in their own right.
 */
export function addRecordings(facts: FactList, contact: Loose, threadId: string): void {
  const recordings = objectsOf([contact.Recordings ?? contact.Recording].flat());
  for (const recording of recordings) addRecording(facts, recording, threadId);
}

function addRecording(facts: FactList, recording: Loose, threadId: string): void {
  const location = textOf(recording.Location);
  const isVideo = textOf(recording.MediaStreamType) === 'VIDEO';
  const isHere = !['DELETED', 'NULL'].includes(textOf(recording.Status) ?? '');
  if (location === undefined || !isHere || !(isVideo || /\.wav$/i.test(location))) return;
  const startedAt = fromIsoOrEpoch(recording.StartTimestamp);
  facts.media({
    threadId,
    nativeId: location,
    kind: isVideo ? 'video' : 'recording',
    ...(!isVideo && { mimeType: 'audio/wav', ...rolesIn(location) }),
    address: `path:${location.split('/').map(encodeURIComponent).join('/')}`,
    ...(startedAt && { startedAt }),
  });
}

/** All who call in are on the left, the agent on the right; before an agent is there the right one is the flow's. */
const rolesIn = (location: string) =>
  /\/ivr\//i.test(location) ? {} : { channelRoles: ['customer', 'agent'] as ('customer' | 'agent')[] };
