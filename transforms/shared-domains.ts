/**
 * Domains behind which anybody may stand: providers of free mailboxes and of internet access, throw-away addresses,
 * relays that hide an address, and sites where companies have pages. None of them says for which company somebody works.
 */
export const sharedDomains: readonly string[] = [
  ...['aol.com', 'att.net', 'bellsouth.net', 'bigpond.com', 'bluewin.ch', 'bt.com', 'btinternet.com', 'charter.net'],
  ...['comcast.net', 'cox.net', 'daum.net', 'duck.com', 'earthlink.net', 'email.com', 'fastmail.com', 'fastmail.fm'],
  ...['free.fr', 'freenet.de', 'gmail.com', 'gmx.at', 'gmx.ch', 'gmx.com', 'gmx.de', 'gmx.net', 'googlemail.com'],
  ...['hanmail.net', 'hey.com', 'hotmail.co.uk', 'hotmail.com', 'hotmail.de', 'hotmail.es', 'hotmail.fr', 'hotmail.it'],
  ...['hushmail.com', 'icloud.com', 'inbox.com', 'inbox.lv', 'laposte.net', 'libero.it', 'live.co.uk', 'live.com'],
  ...['live.fr', 'mac.com', 'mail.com', 'mail.ru', 'mailbox.org', 'mailinator.com', 'me.com', 'msn.com', 'naver.com'],
  ...['o2.pl', 'optonline.net', 'orange.fr', 'outlook.com', 'outlook.de', 'outlook.es', 'outlook.fr', 'pm.me'],
  ...['posteo.de', 'privaterelay.appleid.com', 'proton.me', 'protonmail.com', 'qq.com', 'rediffmail.com', 'rogers.com'],
  ...['sbcglobal.net', 'seznam.cz', 'sfr.fr', 'shaw.ca', 'sky.com', 'sympatico.ca', 't-online.de', 'telus.net'],
  ...['tutanota.com', 'tuta.io', 'uol.com.br', 'verizon.net', 'virginmedia.com', 'wanadoo.fr', 'web.de', 'wp.pl'],
  ...['yahoo.ca', 'yahoo.co.in', 'yahoo.co.jp', 'yahoo.co.uk', 'yahoo.com', 'yahoo.com.br', 'yahoo.de', 'yahoo.es'],
  ...['yahoo.fr', 'yahoo.it', 'yandex.com', 'yandex.ru', 'ymail.com', 'zoho.com', '126.com', '163.com', '21cn.com'],
  ...['facebook.com', 'github.io', 'guerrillamail.com', 'instagram.com', 'linkedin.com', 'myshopify.com', 'sina.com'],
  ...['10minutemail.com', 'simplelogin.com', 'temp-mail.org', 'users.noreply.github.com', 'wixsite.com', 'yopmail.com'],
  ...['marketplace.amazon.com', 'members.ebay.com', 'bigcartel.com', 'wordpress.com', 'blogspot.com', 'alice.it'],
];
