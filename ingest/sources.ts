import type { Connector } from './connector.ts';
import { asterisk } from './connectors/asterisk/asterisk.ts';
import { chatwoot } from './connectors/chatwoot/chatwoot.ts';
import { contactLens } from './connectors/contact-lens/contact-lens.ts';
import { email } from './connectors/email.ts';
import { facebookMessenger } from './connectors/facebook-messenger.ts';
import { facebookPage } from './connectors/facebook-page.ts';
import { fireflies } from './connectors/fireflies.ts';
import { freeswitch } from './connectors/freeswitch.ts';
import { front } from './connectors/front';
import { genesys } from './connectors/genesys/genesys.ts';
import { gong } from './connectors/gong.ts';
import { instagram } from './connectors/instagram.ts';
import { intercom } from './connectors/intercom.ts';
import { labelledDialogues } from './connectors/labelled-dialogues.ts';
import { line } from './connectors/line.ts';
import { mastodon } from './connectors/mastodon/mastodon.ts';
import { salesforce } from './connectors/salesforce/salesforce.ts';
import { servicenow } from './connectors/servicenow';
import { slack } from './connectors/slack';
import { telegram } from './connectors/telegram/telegram.ts';
import { twilioSms } from './connectors/twilio-sms/twilio-sms.ts';
import { twilioVoice } from './connectors/twilio-voice/twilio-voice.ts';
import { typeform } from './connectors/typeform/typeform.ts';
import { vcon } from './connectors/vcon/vcon.ts';
import { viber } from './connectors/viber.ts';
import { vk } from './connectors/vk.ts';
import { webvtt } from './connectors/webvtt.ts';
import { wechat } from './connectors/wechat.ts';
import { whatsapp } from './connectors/whatsapp/whatsapp.ts';
import { zendesk } from './connectors/zendesk/zendesk.ts';
import { zohoDesk } from './connectors/zoho-desk';

/** Every source Crosstalk understands, one line each. */
export const connectors: readonly Connector[] = [
  asterisk,
  chatwoot,
  contactLens,
  email,
  facebookMessenger,
  facebookPage,
  fireflies,
  freeswitch,
  front,
  genesys,
  gong,
  instagram,
  intercom,
  labelledDialogues,
  line,
  mastodon,
  salesforce,
  servicenow,
  slack,
  telegram,
  twilioSms,
  twilioVoice,
  typeform,
  vcon,
  viber,
  vk,
  webvtt,
  wechat,
  whatsapp,
  zendesk,
  zohoDesk,
];
