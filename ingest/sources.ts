import type { Connector } from './connector.ts';
import { africastalking } from './connectors/africastalking.ts';
import { aircall } from './connectors/aircall/aircall.ts';
import { appleMessages } from './connectors/apple-messages.ts';
import { appStore } from './connectors/app-store.ts';
import { asterisk } from './connectors/asterisk/asterisk.ts';
import { bandwidth } from './connectors/bandwidth.ts';
import { chatwoot } from './connectors/chatwoot/chatwoot.ts';
import { contactLens } from './connectors/contact-lens/contact-lens.ts';
import { crisp } from './connectors/crisp/crisp.ts';
import { customerPortal } from './connectors/customer-portal.ts';
import { delighted } from './connectors/delighted.ts';
import { dialogflowCx } from './connectors/dialogflow-cx.ts';
import { discord } from './connectors/discord/discord.ts';
import { discourse } from './connectors/discourse/discourse.ts';
import { email } from './connectors/email.ts';
import { facebookMessenger } from './connectors/facebook-messenger.ts';
import { facebookPage } from './connectors/facebook-page.ts';
import { fireflies } from './connectors/fireflies.ts';
import { freeswitch } from './connectors/freeswitch.ts';
import { freshchat } from './connectors/freshchat/freshchat.ts';
import { freshdesk } from './connectors/freshdesk/freshdesk.ts';
import { front } from './connectors/front/front.ts';
import { genaiAgent } from './connectors/genai-agent/genai-agent.ts';
import { genesys } from './connectors/genesys/genesys.ts';
import { gmail } from './connectors/gmail/gmail.ts';
import { gong } from './connectors/gong.ts';
import { googlePlay } from './connectors/google-play.ts';
import { gorgias } from './connectors/gorgias/gorgias.ts';
import { hubspot } from './connectors/hubspot/hubspot.ts';
import { infobip } from './connectors/infobip.ts';
import { instagram } from './connectors/instagram.ts';
import { intercom } from './connectors/intercom/intercom.ts';
import { knowledgeBase } from './connectors/knowledge-base.ts';
import { kustomer } from './connectors/kustomer/kustomer.ts';
import { labelledDialogues } from './connectors/labelled-dialogues.ts';
import { line } from './connectors/line.ts';
import { livechat } from './connectors/livechat/livechat.ts';
import { mastodon } from './connectors/mastodon/mastodon.ts';
import { messagebird } from './connectors/messagebird/messagebird.ts';
import { microsoftTeams } from './connectors/microsoft-teams/microsoft-teams.ts';
import { outlookGraph } from './connectors/outlook-graph.ts';
import { plivo } from './connectors/plivo.ts';
import { posCsv } from './connectors/pos-csv.ts';
import { qualtrics } from './connectors/qualtrics.ts';
import { rasa } from './connectors/rasa.ts';
import { rcs } from './connectors/rcs.ts';
import { reddit } from './connectors/reddit/reddit.ts';
import { rocketchat } from './connectors/rocketchat/rocketchat.ts';
import { salesforce } from './connectors/salesforce/salesforce.ts';
import { servicenow } from './connectors/servicenow/servicenow.ts';
import { shopify } from './connectors/shopify/shopify.ts';
import { slack } from './connectors/slack/slack.ts';
import { square } from './connectors/square/square.ts';
import { surveymonkey } from './connectors/surveymonkey.ts';
import { tawk } from './connectors/tawk.ts';
import { telegram } from './connectors/telegram/telegram.ts';
import { tiktok } from './connectors/tiktok/tiktok.ts';
import { transcription } from './connectors/transcription.ts';
import { trustpilot } from './connectors/trustpilot.ts';
import { twilioSms } from './connectors/twilio-sms/twilio-sms.ts';
import { twilioVoice } from './connectors/twilio-voice/twilio-voice.ts';
import { typeform } from './connectors/typeform/typeform.ts';
import { vcon } from './connectors/vcon/vcon.ts';
import { viber } from './connectors/viber.ts';
import { vk } from './connectors/vk/vk.ts';
import { vonage } from './connectors/vonage.ts';
import { webForm } from './connectors/web-form/web-form.ts';
import { webvtt } from './connectors/webvtt.ts';
import { wechat } from './connectors/wechat.ts';
import { whatsapp } from './connectors/whatsapp/whatsapp.ts';
import { xTwitter } from './connectors/x-twitter/x-twitter.ts';
import { youtube } from './connectors/youtube/youtube.ts';
import { zendesk } from './connectors/zendesk/zendesk.ts';
import { zohoDesk } from './connectors/zoho-desk/zoho-desk.ts';
import { zoom } from './connectors/zoom/zoom.ts';

/** Every source Crosstalk understands, one line each. */
export const connectors: readonly Connector[] = [
  africastalking,
  aircall,
  appleMessages,
  appStore,
  asterisk,
  bandwidth,
  chatwoot,
  contactLens,
  crisp,
  customerPortal,
  delighted,
  dialogflowCx,
  discord,
  discourse,
  email,
  facebookMessenger,
  facebookPage,
  fireflies,
  freeswitch,
  freshchat,
  freshdesk,
  front,
  genaiAgent,
  genesys,
  gmail,
  gong,
  googlePlay,
  gorgias,
  hubspot,
  infobip,
  instagram,
  intercom,
  knowledgeBase,
  kustomer,
  labelledDialogues,
  line,
  livechat,
  mastodon,
  messagebird,
  microsoftTeams,
  outlookGraph,
  plivo,
  posCsv,
  qualtrics,
  rasa,
  rcs,
  reddit,
  rocketchat,
  salesforce,
  servicenow,
  shopify,
  slack,
  square,
  surveymonkey,
  tawk,
  telegram,
  tiktok,
  transcription,
  trustpilot,
  twilioSms,
  twilioVoice,
  typeform,
  vcon,
  viber,
  vk,
  vonage,
  webForm,
  webvtt,
  wechat,
  whatsapp,
  xTwitter,
  youtube,
  zendesk,
  zohoDesk,
  zoom,
];
