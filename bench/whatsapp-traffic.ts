import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const CUSTOMERS = 5000;
const FIRST_SECOND = 1_767_000_000;

const openings = ['Hello', 'Hi there', 'Good morning', 'Sorry to bother you again', 'Quick question', 'Hey'];
const matters = [
  'my parcel has not arrived yet',
  'I was charged twice for the same order',
  'the lamp I bought does not switch on',
  'I cannot sign in to my account',
  'I would like to return the blue jacket',
  'where can I change my delivery address',
  'the refund has not reached my bank',
];
const closings = ['Can you help?', 'Thanks in advance.', 'This is the third time I ask.', 'Please answer today.', ''];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** What the n-th customer contact says; a few thousand different texts. */
const textOf = (n: number): string =>
  `${pick(openings, n)}, ${pick(matters, Math.floor(n / 3))}, order ${10_000 + (n % 997)}. ${pick(closings, Math.floor(n / 7))}`;

/** The n-th webhook of a business: three messages of five, and the receipts of what the business answered. */
export function whatsAppWebhook(n: number): string {
  const customer = `1555${String(2_000_000 + ((n * 7919) % CUSTOMERS))}`;
  const timestamp = String(FIRST_SECOND + n * 37);
  const said = {
    contacts: [{ profile: { name: `Customer ${(n * 7919) % CUSTOMERS}` }, wa_id: customer }],
    messages: [{ from: customer, id: `wamid.in.${n}`, timestamp, text: { body: textOf(n) }, type: 'text' }],
  };
  const receipt = {
    statuses: [
      {
        id: `wamid.out.${Math.floor(n / 5)}`,
        status: pick(['delivered', 'read'], n),
        timestamp,
        recipient_id: customer,
        conversation: { id: `conversation-${customer}`, origin: { type: 'service' } },
        pricing: { billable: true, pricing_model: 'CBP', category: 'service' },
      },
    ],
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100000', phone_number_id: '106540352242922' },
    ...(n % 5 < 3 ? said : receipt),
  };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '102290129340398', changes: [{ value, field: 'messages' }] }],
  });
}

/** Writes an export of `lines` webhooks, one per line. */
export async function writeWhatsAppFile(path: string, lines: number): Promise<void> {
  const file = createWriteStream(path);
  for (let n = 0; n < lines; n++) if (!file.write(`${whatsAppWebhook(n)}\n`)) await once(file, 'drain');
  file.end();
  await finished(file);
}
