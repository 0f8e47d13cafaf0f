import type { Connector } from './connector.ts';
import { chatwoot } from './connectors/chatwoot.ts';
import { contactLens } from './connectors/contact-lens.ts';
import { email } from './connectors/email.ts';
import { labelledDialogues } from './connectors/labelled-dialogues.ts';
import { mastodon } from './connectors/mastodon.ts';
import { twilioSms } from './connectors/twilio-sms.ts';
import { twilioVoice } from './connectors/twilio-voice.ts';
import { typeform } from './connectors/typeform.ts';
import { webvtt } from './connectors/webvtt.ts';
import { whatsapp } from './connectors/whatsapp.ts';
import { zendesk } from './connectors/zendesk.ts';

/** Every source Crosstalk understands, one line each. */
export const connectors: readonly Connector[] = [
  chatwoot,
  contactLens,
  email,
  labelledDialogues,
  mastodon,
  twilioSms,
  twilioVoice,
  typeform,
  webvtt,
  whatsapp,
  zendesk,
];
