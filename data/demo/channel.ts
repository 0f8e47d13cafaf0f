import type { DemoSource } from './demo-file.ts';

/** The channels of the demo, each with the source whose files carry it and the style people write in there. */
export const demoChannels = {
  voice: { source: 'contact-lens', register: 'call', wording: 'on the phone' },
  store_line: { source: 'twilio-voice', register: 'call', wording: 'with the store on the phone' },
  video: { source: 'webvtt', register: 'video', wording: 'in the video call' },
  sms: { source: 'twilio-sms', register: 'sms', wording: 'by text' },
  whatsapp: { source: 'whatsapp', register: 'chat', wording: 'on WhatsApp' },
  email: { source: 'email', register: 'email', wording: 'by email' },
  ticket: { source: 'zendesk', register: 'email', wording: 'through your web form' },
  chat: { source: 'chatwoot', register: 'chat', wording: 'in the chat' },
  social: { source: 'mastodon', register: 'post', wording: 'on Mastodon' },
} as const satisfies Record<string, { source: DemoSource; register: string; wording: string }>;

export type DemoChannel = keyof typeof demoChannels;
export type Register = (typeof demoChannels)[DemoChannel]['register'];
export const channelList = Object.keys(demoChannels) as DemoChannel[];
