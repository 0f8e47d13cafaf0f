import type { Connector } from './connector.ts';
import { chatwoot } from './connectors/chatwoot/chatwoot.ts';
import { contactLens } from './connectors/contact-lens/contact-lens.ts';
import { email } from './connectors/email.ts';
import { intercom } from './connectors/intercom.ts';
import { labelledDialogues } from './connectors/labelled-dialogues.ts';
import { mastodon } from './connectors/mastodon/mastodon.ts';
import { twilioSms } from './connectors/twilio-sms/twilio-sms.ts';
import { twilioVoice } from './connectors/twilio-voice/twilio-voice.ts';
import { typeform } from './connectors/typeform/typeform.ts';
import { webvtt } from './connectors/webvtt.ts';
import { whatsapp } from './connectors/whatsapp/whatsapp.ts';
import { zendesk } from './connectors/zendesk/zendesk.ts';

/** Every source Crosstalk understands, one line each. */
export const connectors: readonly Connector[] = [
  chatwoot,
  contactLens,
  email,
  intercom,
  labelledDialogues,
  mastodon,
  twilioSms,
  twilioVoice,
  typeform,
  webvtt,
  whatsapp,
  zendesk,
];
