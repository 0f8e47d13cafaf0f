import type { Config } from '../../config.ts';
import { createMaskedViews, publishedSchemas } from '../../data/masked-views.ts';
import { decidedKind } from '../../data/personal-columns.ts';
import type { Store } from '../../data/store.ts';
import { createDelivery, storeDeliveries } from '../../ingest/deliveries.ts';
import { land } from '../../ingest/land.ts';
import { buildMarts } from '../../transforms/marts.ts';
import { maskWords } from '../../transforms/mask-words.ts';
import { resolve } from '../../transforms/resolve.ts';
import { stitch } from '../../transforms/stitch.ts';
import { config as configOf, effects } from './land.ts';

export const reading: Config = configOf({ privacy: { redact: 'reading' } });
export const words = 'My name is Ana Vidal, mail ana.vidal@example.com or call +1 212 555 0142. Lamp broken.';
export const maskedWords = 'My name is [name], mail [email] or call [phone]. Lamp broken.';
/** What of a person may stand nowhere, in lower case. */
export const traces = ['ana vidal', 'vidal', '2125550142', '555 0142', 'ana.vidal@example.com', 'example.com'];

/** A WhatsApp message and a mail of one person, landed, with the steps of a pass that need no model. */
export async function landPersonal(store: Store, config = reading): Promise<void> {
  await storeDeliveries(store, [
    createDelivery({
      source: 'whatsapp',
      via: 'webhook',
      format: 'json',
      receivedAt: effects.now(),
      headers: {},
      body: Buffer.from(JSON.stringify(whatsApp)),
    }),
    createDelivery({
      source: 'email',
      via: 'file',
      format: 'eml',
      receivedAt: effects.now(),
      headers: {},
      name: 'letter.eml',
      body: Buffer.from(letter),
    }),
  ]);
  for (const step of [land, stitch, resolve, buildMarts, maskWords]) await step(store, config, effects);
}

const whatsApp = {
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '1',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550100100', phone_number_id: '100200300' },
            contacts: [{ profile: { name: 'Ana Vidal' }, wa_id: '12125550142' }],
            messages: [
              { from: '12125550142', id: 'wamid.1', timestamp: '1772442000', type: 'text', text: { body: words } },
            ],
          },
        },
      ],
    },
  ],
};

const letter = [
  'From: Ana Vidal <ana.vidal@example.com>',
  'To: help@shop.example',
  'Message-ID: <letter-1@mail.example.com>',
  'Date: Mon, 2 Mar 2026 09:00:00 +0000',
  'Subject: call +1 212 555 0142 about the lamp',
  'Content-Type: text/plain; charset=utf-8',
  '',
  words,
  '',
].join('\r\n');

/** One row in every published table, with the words in each column of text that is not harmless. */
export async function fillPersonalColumns(store: Store): Promise<readonly string[]> {
  const columns = await store.all<{ table: string; name: string; type: string; isNeeded: boolean }>(
    `select schema_name || '.' || table_name as "table", column_name as name, data_type as type,
       not is_nullable as "isNeeded"
     from duckdb_columns() where database_name = current_database() and list_contains($schemas, schema_name)
     order by schema_name, table_name, column_index`,
    { schemas: publishedSchemas },
  );
  const tables = [...new Set(columns.map(({ table }) => table))];
  for (const table of tables) {
    const own = columns.filter((column) => column.table === table);
    const values = own.map(({ name, type, isNeeded }) => {
      if (decidedKind(table, name, type) !== 'harmless') return exampleOf(type, words);
      return isNeeded || name === 'revision' ? exampleOf(type, 'plain') : 'null';
    });
    await store.run(`insert into ${table} select ${values.join(', ')}`);
  }
  await createMaskedViews(store);
  return tables;
}

function exampleOf(type: string, text: string): string {
  if (type === 'VARCHAR') return `'${text}'`;
  if (type === 'VARCHAR[]') return `['${text}']`;
  if (type === 'BLOB') return `'${text}'::blob`;
  if (type === 'UUID') return 'uuid()';
  if (type === 'BOOLEAN') return 'true';
  if (type === 'TIMESTAMP' || type === 'DATE') return `'2026-03-02'::${type}`;
  return `1::${type}`;
}
