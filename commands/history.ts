import { getStyledSummary } from '../dashboards/api/history.ts';
import type { HistorySummary } from '../dashboards/api/schemas/history.ts';
import { EncoderPool } from '../models/encoder/pool.ts';
import { withStore } from './connection.ts';
import { writeLine, type CommandEffects } from './io.ts';
import { findCustomer, findCustomerRemotely } from './person.ts';

export interface HistoryOptions {
  readonly sentences: number;
  readonly abstractive?: boolean;
  readonly json?: boolean;
}

/** Prints a customer's whole history in a few sentences, through the running server where there is one. */
export async function history(person: string, options: HistoryOptions, effects: CommandEffects): Promise<void> {
  const { sentences, abstractive } = options;
  const style = abstractive ? 'abstractive' : 'extractive';
  const summary = await withStore(effects, {
    remote: async (server) => {
      const id = await findCustomerRemotely(person, server);
      const answer = await server.call(`/v1/customers/${id}/summary?sentences=${sentences}&style=${style}`);
      return (await answer.json()) as HistorySummary;
    },
    local: async (store) => {
      const id = await findCustomer(store, person);
      const pool = abstractive ? await EncoderPool.open(effects.config.model, effects) : undefined;
      try {
        const asked = { sentences, style, role: undefined } as const;
        return await getStyledSummary({ kind: 'customer', id }, asked, { ...effects, store, encoder: pool, fetch });
      } finally {
        await pool?.close();
      }
    },
  });
  if (options.json) writeLine(effects, summary);
  else effects.write(asText(summary));
}

function asText({ method, state, sentences, struck, note, unsupportedLanguages }: HistorySummary): string {
  const lines = sentences.map(({ part, text, restsOn: [place] }) =>
    [part ?? '', place!.occurredAt?.slice(0, 10) ?? '', place!.channel, text, place!.utteranceId].join('\t'),
  );
  const about = [
    state === 'ready' ? method : state,
    ...(unsupportedLanguages.length > 0 ? [`not supported: ${unsupportedLanguages.join(', ')}`] : []),
    ...struck.map(({ text, reason }) => `struck out (${reason}): ${text}`),
    ...(note ? [note] : []),
  ];
  return [...lines, ...about.map((line) => `# ${line}`), ''].join('\n');
}
