import type { Channel } from '../../channels.ts';
import type { Unit } from '../../connector.ts';
import { tableOf, textOf, type Loose } from '../../formats/value.ts';
import { kindOfEvent } from './event.ts';

export const CHANNELS = tableOf<Channel>({
  email: 'email',
  chat: 'chat',
  phone: 'voice',
  sms: 'sms',
  whatsapp: 'whatsapp',
  'facebook-messenger': 'messenger',
  facebook: 'social',
  'facebook-mention': 'social',
  'facebook-recommendations': 'review',
  'instagram-direct-message': 'instagram',
  'instagram-comment': 'social',
  'instagram-mention': 'social',
  'instagram-ad-comment': 'social',
  twitter: 'social',
  'twitter-direct-message': 'x_dm',
  'help-center': 'form',
  'contact-form': 'form',
  contact_form: 'form',
  aircall: 'voice',
  'yotpo-review': 'review',
});
/** Settings of the helpdesk, by the addresses of their records. */
const BESIDE = /^(tags|macros|rules|views|teams|integrations|jobs|widgets|custom-fields)$/;

export function kindOf(record: Loose): Pick<Unit, 'kind' | 'nativeKind'> {
  if (record.object_type !== undefined && record.object_id !== undefined)
    return { kind: kindOfEvent(record), nativeKind: `event.${textOf(record.type) ?? 'none'}` };
  if (record.from_agent !== undefined && record.ticket_id !== undefined)
    return { kind: 'message', nativeKind: 'message' };
  if (record.status !== undefined && record.customer !== undefined) return { kind: 'thread', nativeKind: 'ticket' };
  if (record.score !== undefined) return { kind: 'survey', nativeKind: 'satisfaction_survey' };
  if (record.channels !== undefined || (record.email !== undefined && record.firstname !== undefined))
    return record.role === undefined
      ? { kind: 'profile', nativeKind: 'customer' }
      : { kind: 'profile', nativeKind: 'user' };
  if (record.phone_number_source !== undefined && record.direction !== undefined)
    return { kind: 'call', nativeKind: 'voice_call' };
  const [, list] = /^\/api\/([\w-]+)\/\d/.exec(textOf(record.uri) ?? '') ?? [];
  return list && BESIDE.test(list) ? { kind: 'ignored', nativeKind: list } : { kind: 'unknown', nativeKind: 'record' };
}
