import type { Format } from '../../ingest/connector.ts';

/** One file of the demo, in the wire format of its source; lands like any other file. */
export interface DemoFile {
  readonly source: DemoSource;
  readonly name: string;
  readonly format: Format;
  readonly body: Uint8Array | string;
}

export const demoSources = [
  'contact-lens',
  'twilio-voice',
  'webvtt',
  'twilio-sms',
  'whatsapp',
  'email',
  'zendesk',
  'chatwoot',
  'mastodon',
  'typeform',
  'hubspot',
] as const;

export type DemoSource = (typeof demoSources)[number];
