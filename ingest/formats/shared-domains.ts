/**
 * Domains behind which anybody may stand: providers of free mailboxes and of internet access, throw-away addresses,
 * relays that hide an address, and sites where companies have pages. None of them says for which company somebody works.
 */
export const sharedDomains: readonly string[] = `
  10minutemail.com 126.com 163.com 21cn.com alice.it aol.com att.net bellsouth.net bigcartel.com bigpond.com
  blogspot.com bluewin.ch bt.com btinternet.com charter.net comcast.net cox.net daum.net duck.com
  earthlink.net email.com facebook.com fastmail.com fastmail.fm free.fr freenet.de github.io gmail.com gmx.at
  gmx.ch gmx.com gmx.de gmx.net googlemail.com guerrillamail.com hanmail.net hey.com hotmail.co.uk hotmail.com
  hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com icloud.com inbox.com inbox.lv instagram.com
  laposte.net libero.it linkedin.com live.co.uk live.com live.fr mac.com mail.com mail.ru mailbox.org
  mailinator.com marketplace.amazon.com me.com members.ebay.com msn.com myshopify.com naver.com o2.pl
  optonline.net orange.fr outlook.com outlook.de outlook.es outlook.fr pm.me posteo.de
  privaterelay.appleid.com proton.me protonmail.com qq.com rediffmail.com rogers.com sbcglobal.net seznam.cz
  sfr.fr shaw.ca simplelogin.com sina.com sky.com sympatico.ca t-online.de telus.net temp-mail.org tuta.io
  tutanota.com uol.com.br users.noreply.github.com verizon.net virginmedia.com wanadoo.fr web.de wixsite.com
  wordpress.com wp.pl yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es
  yahoo.fr yahoo.it yandex.com yandex.ru ymail.com yopmail.com zoho.com
`
  .trim()
  .split(/\s+/);
