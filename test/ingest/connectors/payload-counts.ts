import type { Connector } from '../../../ingest/connector.ts';
import { mapFile } from './fixture.ts';
import { assertReasons, countOutcomes, payloadNames, readPayload, type Mapped } from './real-payloads.ts';

/**
 * Runs every real payload of a channel and counts what became of its units; a document that is refused as a whole counts
 * as `refused`. Whatever is left out must say why.
 */
export function countPayloads(connector: Connector, channel: string, settings: unknown = {}): Record<string, number> {
  const mapped: Mapped[] = [];
  let refused = 0;
  for (const name of payloadNames(channel)) {
    try {
      mapped.push(...mapFile(connector, name, readPayload(channel, name), settings));
    } catch {
      refused++;
    }
  }
  assertReasons(mapped);
  return { ...countOutcomes(mapped), ...(refused > 0 && { refused }) };
}
