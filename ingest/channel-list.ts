/**
 * Every channel a contact can come through, with its group and whether both sides are present at once.
 * `sync` decides which time metrics make sense: speed of answer for sync, first response time for the others.
 */
export const channels = {
  voice: { group: 'voice', title: 'Phone', sync: true },
  voicemail: { group: 'voice', title: 'Voicemail', sync: false },
  video: { group: 'voice', title: 'Video meeting', sync: true },
  sms: { group: 'messaging', title: 'SMS', sync: false },
  whatsapp: { group: 'messaging', title: 'WhatsApp', sync: false },
  messenger: { group: 'messaging', title: 'Messenger', sync: false },
  instagram: { group: 'messaging', title: 'Instagram', sync: false },
  x_dm: { group: 'messaging', title: 'X direct message', sync: false },
  apple_messages: { group: 'messaging', title: 'Apple Messages', sync: false },
  rcs: { group: 'messaging', title: 'RCS', sync: false },
  line: { group: 'messaging', title: 'LINE', sync: false },
  telegram: { group: 'messaging', title: 'Telegram', sync: false },
  viber: { group: 'messaging', title: 'Viber', sync: false },
  wechat: { group: 'messaging', title: 'WeChat', sync: false },
  tiktok: { group: 'messaging', title: 'TikTok', sync: false },
  vk: { group: 'messaging', title: 'VK', sync: false },
  in_app: { group: 'messaging', title: 'In-app message', sync: false },
  email: { group: 'email', title: 'E-mail', sync: false },
  chat: { group: 'chat', title: 'Web chat', sync: true },
  social: { group: 'social', title: 'Social post', sync: false },
  review: { group: 'social', title: 'Review', sync: false },
  forum: { group: 'social', title: 'Forum', sync: false },
  knowledge_base: { group: 'self_service', title: 'Help centre', sync: false },
  bot: { group: 'self_service', title: 'Bot', sync: true },
  portal: { group: 'self_service', title: 'Customer portal', sync: false },
  form: { group: 'self_service', title: 'Web form', sync: false },
  store: { group: 'in_person', title: 'Store visit', sync: true },
  work_chat: { group: 'work', title: 'Work chat', sync: false },
  ticket: { group: 'records', title: 'Ticket', sync: false },
  survey: { group: 'records', title: 'Survey', sync: false },
} as const;

export type Channel = keyof typeof channels;
export type ChannelGroup = (typeof channels)[Channel]['group'];
