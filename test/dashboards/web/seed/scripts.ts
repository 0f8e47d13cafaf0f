/** What is said about each matter: role, words, and the signals a model would read in them. */
export interface Line {
  readonly role: 'customer' | 'agent' | 'bot';
  readonly text: string;
  readonly sentiment: number;
  readonly act: string;
  /** The part of the summary that this line is, where it is one. */
  readonly part?: 'issue' | 'action' | 'outcome' | 'open question';
  readonly isFrustrated?: boolean;
}

export interface Script {
  readonly intent: string;
  readonly weight: number;
  readonly channels: readonly { channel: string; weight: number }[];
  /** How often a customer has to come back about it. */
  readonly repeat: number;
  readonly isResolved: boolean;
  readonly emotion: string;
  readonly lines: readonly Line[];
}

const line = (role: Line['role'], text: string, sentiment: number, more: Partial<Line> = {}): Line => ({
  role,
  text,
  sentiment,
  act: 'inform',
  ...more,
});

const everywhere = (voice: number, chat: number, email: number, whatsapp: number, sms: number, social: number) => [
  { channel: 'voice', weight: voice },
  { channel: 'chat', weight: chat },
  { channel: 'email', weight: email },
  { channel: 'whatsapp', weight: whatsapp },
  { channel: 'sms', weight: sms },
  { channel: 'social', weight: social },
];

export const scripts: readonly Script[] = [
  {
    intent: 'delivery.late',
    weight: 24,
    channels: everywhere(30, 25, 14, 20, 5, 6),
    repeat: 0.5,
    isResolved: true,
    emotion: 'annoyance',
    lines: [
      line('customer', 'Hello, my parcel was due on Monday and it still has not come.', -0.42, { part: 'issue' }),
      line('agent', 'Sorry to hear that. May I have the order number?', 0.05, { act: 'question' }),
      line('customer', 'It is 58213. This is the second time I ask, nobody wrote back.', -0.66, { isFrustrated: true }),
      line(
        'agent',
        'Thank you. The carrier has had it at the depot since Tuesday. I have asked for delivery tomorrow.',
        0.1,
        { part: 'action' },
      ),
      line('customer', 'So tomorrow for certain?', -0.1, { act: 'question' }),
      line('agent', 'Yes, between nine and noon, and I have taken the delivery fee off your bill.', 0.4, {
        part: 'outcome',
      }),
      line('customer', 'All right, that is fair. Thanks for sorting it out.', 0.52, { act: 'thanks' }),
    ],
  },
  {
    intent: 'refund.status',
    weight: 16,
    channels: everywhere(20, 14, 38, 14, 8, 6),
    repeat: 0.62,
    isResolved: false,
    emotion: 'anger',
    lines: [
      line('customer', 'I sent the shoes back three weeks ago and the money is still not on my account.', -0.55, {
        part: 'issue',
      }),
      line('agent', 'I can see the return. It was booked in on the fourth.', 0.02, { part: 'action' }),
      line('customer', 'I was told five days. I have explained this to two of your colleagues already.', -0.81, {
        isFrustrated: true,
      }),
      line('agent', 'You are right to be cross. I have passed it to our accounts team as urgent.', -0.05),
      line('customer', 'When will I hear from them?', -0.3, { act: 'question', part: 'open question' }),
    ],
  },
  {
    intent: 'order.status',
    weight: 15,
    channels: everywhere(12, 40, 10, 24, 12, 2),
    repeat: 0.12,
    isResolved: true,
    emotion: 'neutral',
    lines: [
      line('customer', 'Hi, can you tell me where my order is?', 0.02, { act: 'question', part: 'issue' }),
      line('bot', 'Of course. Order 60144 left our warehouse this morning.', 0.1, { part: 'outcome' }),
      line('customer', 'Perfect, thank you', 0.6, { act: 'thanks' }),
    ],
  },
  {
    intent: 'return.return_item',
    weight: 11,
    channels: everywhere(16, 36, 22, 16, 6, 4),
    repeat: 0.2,
    isResolved: true,
    emotion: 'neutral',
    lines: [
      line('customer', 'The jacket is too small, I would like to send it back.', -0.05, { part: 'issue' }),
      line('agent', 'No problem. I have sent a label to your e-mail address.', 0.3, { part: 'action' }),
      line('customer', 'Got it. Do I have to print it?', 0.0, { act: 'question' }),
      line('agent', 'No, the code on your phone is enough.', 0.1, { part: 'outcome' }),
      line('customer', 'Great, that was quick!', 0.72, { act: 'praise' }),
    ],
  },
  {
    intent: 'billing.double_charge',
    weight: 8,
    channels: everywhere(46, 16, 24, 8, 3, 3),
    repeat: 0.34,
    isResolved: true,
    emotion: 'confusion',
    lines: [
      line('customer', 'You have charged my card twice for the same order.', -0.6, { part: 'issue' }),
      line('agent', 'Let me look. Yes, I see two bookings of 49.90.', 0.0),
      line('customer', 'I need that money before the weekend.', -0.4),
      line('agent', 'I have cancelled the second one; your bank shows it within two days.', 0.2, { part: 'action' }),
      line('customer', 'Okay. Please make sure this does not happen again.', -0.15, { part: 'outcome' }),
    ],
  },
  {
    intent: 'account.password_reset',
    weight: 9,
    channels: everywhere(10, 50, 8, 20, 12, 0.1),
    repeat: 0.08,
    isResolved: true,
    emotion: 'neutral',
    lines: [
      line('customer', 'The link to reset my password does not arrive.', -0.2, { part: 'issue' }),
      line('bot', 'I have sent a new one. Please look into the spam folder as well.', 0.1, { part: 'action' }),
      line('customer', 'There it is, works now.', 0.45, { part: 'outcome' }),
    ],
  },
  {
    intent: 'delivery.damaged_or_wrong',
    weight: 7,
    channels: everywhere(24, 20, 22, 22, 2, 10),
    repeat: 0.42,
    isResolved: true,
    emotion: 'disappointment',
    lines: [
      line('customer', 'The lamp arrived broken, glass all over the box.', -0.62, { part: 'issue' }),
      line('agent', 'How annoying. Could you send a photo?', 0.0, { act: 'request' }),
      line('customer', 'Attached. It was a birthday present, so this is really unfortunate.', -0.5),
      line('agent', 'A new one leaves today by express; you can keep or recycle the old one.', 0.35, {
        part: 'outcome',
      }),
      line('customer', 'Wonderful, thank you so much for the fast help!', 0.85, { act: 'thanks' }),
    ],
  },
  {
    intent: 'plan.threat_to_leave',
    weight: 4,
    channels: everywhere(50, 10, 20, 8, 2, 10),
    repeat: 0.55,
    isResolved: false,
    emotion: 'anger',
    lines: [
      line('customer', 'If this is not solved today I will close my account and buy elsewhere.', -0.9, {
        part: 'issue',
        isFrustrated: true,
      }),
      line('agent', 'I understand. Let me get my supervisor on this right now.', 0.0, { part: 'action' }),
      line('customer', 'I have heard that before.', -0.7, { isFrustrated: true }),
      line('agent', 'She will call you within the hour.', 0.1, { part: 'open question' }),
    ],
  },
  {
    intent: 'product.availability',
    weight: 6,
    channels: everywhere(14, 34, 12, 28, 4, 8),
    repeat: 0.05,
    isResolved: true,
    emotion: 'curiosity',
    lines: [
      line('customer', 'When will the green one in size M be back?', 0.05, { act: 'question', part: 'issue' }),
      line('agent', 'We expect it on Thursday. Shall I put one aside for you?', 0.3, { part: 'action' }),
      line('customer', 'Yes please, lovely!', 0.8, { part: 'outcome' }),
    ],
  },
];
