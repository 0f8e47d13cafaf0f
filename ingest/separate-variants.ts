import type { Session } from '../data/store.ts';
import type { FoldedFacts } from './fold.ts';
import { recordId } from './record-id.ts';

/**
 * Keeps apart what only shares an id that its sender should have made unique: two mails with one Message-ID. The first
 * that came holds the id; another with a different `variant` gets an id of its own, the same whenever it comes again.
 */
export async function separateVariants(session: Session, { byKind }: FoldedFacts): Promise<void> {
  const given = (byKind.get('utterance') ?? []).filter(({ fact }) => fact.variant !== undefined);
  if (given.length === 0) return;
  const known = await session.all<{ id: string; variant: string }>(
    `select id, variant from core.utterance
     where variant is not null and id in (select unnest($ids)::uuid)`,
    { ids: [...new Set(given.map(({ fact }) => fact.id as string))] },
  );
  const holders = new Map(known.map(({ id, variant }) => [id, variant]));
  for (const folded of given) {
    const { id, source, nativeId, variant } = folded.fact as Record<'id' | 'source' | 'nativeId' | 'variant', string>;
    const holder = holders.get(id) ?? variant;
    holders.set(id, holder);
    if (holder === variant) continue;
    const ownId = `${nativeId}#${variant}`;
    folded.fact = { ...folded.fact, id: recordId('utterance', source, ownId), nativeId: ownId };
    folded.isAlone = false;
  }
}
