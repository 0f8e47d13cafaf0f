import { z } from 'zod';
import { channels, type Channel } from './channel-list.ts';

export { channels, type Channel, type ChannelGroup } from './channel-list.ts';

export const channelNames = Object.keys(channels) as [Channel, ...Channel[]];
export const ChannelSchema = z.enum(channelNames);
