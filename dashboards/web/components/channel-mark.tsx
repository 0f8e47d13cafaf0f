import { channels } from '../../../ingest/channel-list.ts';
import { channelColour, channelTitle, isChannel } from '../channel-titles.ts';
import { Icon, type IconName } from './icon.tsx';

const groupIcons: Record<string, IconName> = {
  voice: 'voice',
  messaging: 'message',
  email: 'email',
  chat: 'chat',
  social: 'social',
  self_service: 'bot',
  in_person: 'store',
  work: 'conversations',
  records: 'form',
};

export function channelIcon(name: string): IconName {
  if (name === 'video' || name === 'form' || name === 'bot') return name;
  return isChannel(name) ? groupIcons[channels[name].group]! : 'conversations';
}

/** A channel by picture, colour and, unless the place is too small, name. */
export function ChannelMark({ channel, isSmall = false }: { channel: string; isSmall?: boolean }) {
  const title = channelTitle(channel);
  return (
    <span class="channel-mark" title={isSmall ? title : undefined}>
      <span class="channel-badge" style={{ color: channelColour(channel) }}>
        <Icon name={channelIcon(channel)} />
      </span>
      {isSmall ? <span class="visually-hidden">{title}</span> : title}
    </span>
  );
}
