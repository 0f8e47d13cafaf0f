import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { sampleText } from './sample-text.ts';

const CUSTOMERS = 5000;
const FIRST_SECOND = 1_767_000_000;

const timeOf = (n: number): string => String(FIRST_SECOND + n * 37);

/** The WhatsApp id of who takes part in the n-th webhook. */
export const whatsAppCustomer = (n: number): string => `1555${String(2_000_000 + ((n * 7919) % CUSTOMERS))}`;

function wrap(value: object): string {
  const metadata = { display_phone_number: '15550100000', phone_number_id: '106540352242922' };
  const change = { value: { messaging_product: 'whatsapp', metadata, ...value }, field: 'messages' };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '102290129340398', changes: [change] }],
  });
}

/** The n-th message of a customer. */
export function whatsAppMessage(n: number): string {
  const from = whatsAppCustomer(n);
  return wrap({
    contacts: [{ profile: { name: `Customer ${from.slice(-4)}` }, wa_id: from }],
    messages: [{ from, id: `wamid.in.${n}`, timestamp: timeOf(n), text: { body: sampleText(n) }, type: 'text' }],
  });
}

function whatsAppReceipt(n: number): string {
  const recipient = whatsAppCustomer(n);
  return wrap({
    statuses: [
      {
        id: `wamid.out.${Math.floor(n / 5)}`,
        status: n % 2 === 0 ? 'delivered' : 'read',
        timestamp: timeOf(n),
        recipient_id: recipient,
        conversation: { id: `conversation-${recipient}`, origin: { type: 'service' } },
        pricing: { billable: true, pricing_model: 'CBP', category: 'service' },
      },
    ],
  });
}

/** The n-th webhook of a business: three messages of five, and the receipts of what the business answered. */
export const whatsAppWebhook = (n: number): string => (n % 5 < 3 ? whatsAppMessage(n) : whatsAppReceipt(n));

/** Writes an export of `lines` webhooks, one per line. */
export async function writeWhatsAppFile(path: string, lines: number): Promise<void> {
  const file = createWriteStream(path);
  for (let n = 0; n < lines; n++) if (!file.write(`${whatsAppWebhook(n)}\n`)) await once(file, 'drain');
  file.end();
  await finished(file);
}
