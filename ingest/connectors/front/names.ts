import type { Channel } from '../../channels.ts';
import { tableOf } from '../../formats/value.ts';

/** The kinds of message, by where they came or go; then states of conversations, and events. */
export const CHANNELS = tableOf<Channel>({
  email: 'email',
  sms: 'sms',
  tweet: 'social',
  tweet_dm: 'x_dm',
  twitter_dm: 'x_dm',
  facebook: 'messenger',
  facebook_dm: 'messenger',
  whatsapp: 'whatsapp',
  yalo_wha: 'whatsapp',
  front_chat: 'chat',
  intercom: 'chat',
  smooch: 'chat',
  call: 'voice',
  'phone-call': 'voice',
  'truly-call': 'voice',
  internal: 'work_chat',
  googleplay: 'review',
});

export const STATUSES = {
  archived: 'solved',
  deleted: 'closed',
  spam: 'closed',
  trashed: 'closed',
  unassigned: 'open',
  assigned: 'open',
  open: 'open',
  waiting: 'pending',
  snoozed: 'on_hold',
  resolved: 'solved',
} as const;

export const EVENTS = {
  assign: 'assigned',
  conversation_assigned: 'assigned',
  archive: 'solved',
  conversation_archived: 'solved',
  reopen: 'reopened',
  conversation_reopened: 'reopened',
  conversation_snoozed: 'held',
  reminder: 'resumed',
  conversation_snooze_expired: 'resumed',
  sending_error: 'failed',
  message_bounce_error: 'failed',
  call_queued: 'queued',
  call_connected: 'answered',
  call_on_hold: 'held',
  call_resumed: 'resumed',
  call_transferred: 'transferred',
  call_missed: 'missed',
  call_abandoned: 'abandoned',
  call_hangup: 'ended',
} as const;
