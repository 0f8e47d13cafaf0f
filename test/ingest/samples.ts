import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../../ingest/connector.ts';
import { createDelivery } from '../../ingest/deliveries.ts';
import { formatOf } from '../../ingest/files.ts';
import type { Sample } from './contract.ts';

export const payloadFolder = join(import.meta.dirname, '../../../shared/data/payloads');
const fixtureFolder = join(import.meta.dirname, 'connectors/fixtures');

export const hasPayloads = existsSync(payloadFolder);
export const payloadsSkipped = hasPayloads ? false : 'skipped: ../shared/data/payloads is not here';

/** Where the collected real payloads of each connector stand. */
const payloadFolders: Record<string, readonly string[]> = {
  africastalking: ['sms-africastalking'],
  aircall: ['voice-aircall'],
  'app-store': ['review-app-store'],
  'apple-messages': ['apple-messages'],
  asterisk: ['voice-asterisk'],
  bandwidth: ['sms-bandwidth'],
  chatwoot: ['chatwoot'],
  'contact-lens': ['voice-amazon-connect'],
  'dialogflow-cx': ['chatbot-dialogflow-cx'],
  discord: ['discord'],
  discourse: ['discourse'],
  email: ['email'],
  'facebook-messenger': ['facebook-messenger'],
  'facebook-page': ['facebook-page'],
  fireflies: ['voice-fireflies'],
  freeswitch: ['voice-freeswitch'],
  freshchat: ['freshchat'],
  freshdesk: ['freshdesk'],
  front: ['front'],
  genesys: ['voice-genesys'],
  gmail: ['email-gmail-api'],
  'google-play': ['review-google-play'],
  gorgias: ['gorgias'],
  hubspot: ['hubspot'],
  infobip: ['sms-infobip'],
  instagram: ['instagram'],
  intercom: ['intercom'],
  line: ['line'],
  livechat: ['livechat-text'],
  mastodon: ['mastodon'],
  messagebird: ['sms-messagebird'],
  'microsoft-teams': ['microsoft-teams'],
  'outlook-graph': ['email-outlook-graph'],
  plivo: ['sms-plivo'],
  qualtrics: ['survey-qualtrics'],
  rasa: ['chatbot-rasa'],
  rcs: ['rcs'],
  reddit: ['reddit'],
  rocketchat: ['rocketchat'],
  salesforce: ['salesforce'],
  servicenow: ['servicenow'],
  shopify: ['shopify'],
  slack: ['slack'],
  square: ['pos-square'],
  surveymonkey: ['survey-surveymonkey'],
  telegram: ['telegram'],
  tiktok: ['tiktok'],
  'twilio-sms': ['sms-twilio', 'whatsapp-twilio'],
  'twilio-voice': ['voice-twilio'],
  typeform: ['survey-typeform'],
  vcon: ['voice-vcon'],
  viber: ['viber'],
  vk: ['vk'],
  vonage: ['sms-vonage'],
  'web-form': ['web-form-basin'],
  webvtt: ['transcript-vtt'],
  wechat: ['wechat'],
  whatsapp: ['whatsapp'],
  'x-twitter': ['x-twitter'],
  youtube: ['youtube'],
  zendesk: ['zendesk'],
  'zoho-desk': ['zoho-desk'],
  zoom: ['voice-zoom'],
};

/** Our own hand-written fixtures of a connector; `unknown.*` holds a kind it cannot know. */
export const fixturesOf = (connector: Connector): Sample[] => samplesIn(join(fixtureFolder, connector.name), connector);

/** Real payloads collected from the connector's source, where they are present. */
export const payloadsOf = (connector: Connector): Sample[] =>
  (payloadFolders[connector.name] ?? []).flatMap((folder) => samplesIn(join(payloadFolder, folder), connector));

function samplesIn(folder: string, connector: Connector): Sample[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => sampleOf(folder, name, connector));
}

function sampleOf(folder: string, name: string, connector: Connector): Sample[] {
  try {
    const format = formatOf(name, connector, connector.name);
    const body = readFileSync(join(folder, name));
    const receivedAt = new Date('2026-01-15T10:00:00Z');
    return [
      {
        name,
        delivery: createDelivery({ source: connector.name, via: 'file', format, receivedAt, headers: {}, name, body }),
      },
    ];
  } catch {
    return [];
  }
}
