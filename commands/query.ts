import { Sandbox } from '../data/sandbox.ts';
import type { Cell } from '../data/sandbox-rows.ts';
import { jsonBody, withStore, type Remote } from './connection.ts';
import type { CommandEffects } from './io.ts';
import { formatResult, formatRows, type OutputFormat } from './output.ts';

const LIMITS = { bytes: 1024 * 1024 * 1024, seconds: 300 };

/** Runs one SELECT over the clean schemas, inside the same walls as over HTTP. */
export function query(
  sql: string,
  options: { format: OutputFormat; limit: number },
  effects: CommandEffects,
): Promise<void> {
  return withStore(effects, {
    remote: (server) => queryServer(server, sql, options, effects),
    local: async (store) => {
      const sandbox = new Sandbox(store);
      try {
        const result = await sandbox.query(sql, undefined, { ...LIMITS, rows: options.limit });
        for await (const piece of formatResult(result, options.format)) effects.write(piece);
      } finally {
        await sandbox.close();
      }
    },
  });
}

async function queryServer(
  server: Remote,
  sql: string,
  options: { format: OutputFormat; limit: number },
  effects: CommandEffects,
): Promise<void> {
  const isRaw = options.format === 'csv' || options.format === 'arrow';
  const response = await server.call(
    '/v1/sql',
    jsonBody({ sql, format: isRaw ? options.format : 'json', limit: options.limit }),
  );
  if (isRaw) return effects.write(new Uint8Array(await response.arrayBuffer()));
  const { columns, rows } = (await response.json()) as { columns: { name: string }[]; rows: Cell[][] };
  for (const piece of formatRows(
    columns.map(({ name }) => name),
    rows,
    options.format as 'table' | 'json',
  ))
    effects.write(piece);
}
