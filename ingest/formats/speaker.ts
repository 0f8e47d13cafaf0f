import type { FactList, HandleInput } from '../fact-list.ts';
import type { RoleName } from '../records.ts';

export interface Speaker {
  readonly role?: RoleName;
  readonly agentId?: string;
  readonly handleId?: string;
}

/** Who a speaker is, the call tells, which may come later; until then they are known by name or number in this call. */
export const speakerHandle = (callId: string, speaker: string, display?: string): HandleInput => ({
  type: 'contact_id',
  value: `speaker/${callId}/${speaker.toLowerCase()}`,
  display,
});

export function unknownSpeaker(facts: FactList, handle: HandleInput | undefined): Speaker | undefined {
  const handleId = handle && facts.handle(handle);
  return handleId ? { handleId } : undefined;
}
