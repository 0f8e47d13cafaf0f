import { channels, type Channel } from '../../ingest/channel-list.ts';

const groupColours: Record<string, string> = {
  messaging: '--channel-messaging',
  social: '--channel-social',
  self_service: '--channel-self-service',
  in_person: '--channel-in-person',
  work: '--channel-work',
  records: '--channel-records',
};

/** Channels that are common enough to be told apart inside their group. */
const ownColours = new Set(['voice', 'voicemail', 'video', 'sms', 'whatsapp', 'email', 'chat']);

export const isChannel = (name: string): name is Channel => Object.hasOwn(channels, name);

export const channelTitle = (name: string): string => (isChannel(name) ? channels[name].title : name);

/** The colour of a channel as a CSS value that follows the theme. */
export function channelColour(name: string): string {
  if (ownColours.has(name)) return `var(--channel-${name})`;
  const group = isChannel(name) ? channels[name].group : 'records';
  return `var(${groupColours[group] ?? '--channel-records'})`;
}

const order = Object.keys(channels);

/** One order of channels everywhere, so that the eye finds them again. */
export const sortChannels = (names: readonly string[]): string[] =>
  [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b) || a.localeCompare(b));
