import type { Connector, SplitContext } from '../connector.ts';
import type { Decoded } from '../decode.ts';
import { watch } from './watch.ts';

/** What a connector makes of the head of a file, and which of its names it asks for. */
export interface Evidence {
  readonly connector: Connector;
  readonly units: number;
  readonly mapped: number;
  /** Known to the connector and of no meaning: dropped or ignored. */
  readonly known: number;
  readonly found: ReadonlySet<string>;
  readonly missed: ReadonlySet<string>;
}

/** So many units of one document tell what it is. */
const MOST_UNITS = 400;

/** Runs a connector over documents as landing would, and watches what it reads. A throw counts as a refused unit. */
export function collectEvidence(connector: Connector, documents: readonly Decoded[], context: SplitContext): Evidence {
  const counts = { units: 0, mapped: 0, known: 0 };
  const [found, missed] = [new Set<string>(), new Set<string>()];
  for (const decoded of documents) {
    if ('error' in decoded) {
      counts.units++;
      continue;
    }
    const watched = watch(decoded.document);
    const last = counts.units + MOST_UNITS;
    try {
      for (const unit of connector.split(watched.document, context)) {
        if (counts.units === last) break;
        counts.units++;
        if (unit.kind === 'ignored') counts.known++;
        if (unit.kind === 'ignored' || unit.kind === 'unknown') continue;
        const { status } = connector.map(unit, context);
        if (status === 'ok') counts.mapped++;
        if (status === 'drop') counts.known++;
      }
    } catch {
      counts.units++;
    }
    for (const path of watched.found) found.add(path);
    for (const path of watched.missed) missed.add(path);
  }
  return { connector, ...counts, found, missed };
}
