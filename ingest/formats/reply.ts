/**
 * Cuts from the plain text of an e-mail what its author did not write now: the message answered to, forwarded mail, the
 * signature and the notes of devices. Works on lines and recognises
 *  - attribution lines ("On … wrote:") in the languages of ATTRIBUTION_VERBS, also when wrapped over several lines,
 *  - header blocks ("From: … Sent: … Subject: …") and "Original Message" rules,
 *  - signature rules ("-- ") and "Sent from my …".
 * Greeting and thanks stay: they are the author's. Quotes without an attribution stay too: the author chose to cite them.
 */

/** `[start in text, start in source, length]` of each copied run. */
export type TextSpan = [number, number, number];

export interface Reply {
  readonly text: string;
  readonly spans: TextSpan[];
}

interface Line {
  readonly start: number;
  readonly text: string;
  /** Without quote marks and surrounding space. */
  readonly bare: string;
  readonly isQuoted: boolean;
  readonly isBlank: boolean;
}

const ATTRIBUTION_VERBS = new RegExp(
  [
    'wrote|writes|schrieb|geschrieben|a écrit|escribió|escribio|escreveu|ha scritto|scrive|schreef|geschreven|skrev',
    'kirjoitti|napisał|napsal|napísal|написал|пишет|написав|написали|пише|έγραψε|a scris|yazdı|írta|viết|menulis',
    '写道|寫道|のメール|の投稿|작성|wrote',
  ].join('|'),
  'iu',
);
const OPENERS =
  /^[-*_\s]*(?:(?:On|At|Le|Am|El|Em|Il|Op|Den|Dnia|W dniu|Dne|Pe|Vào|Pada|[Вв]|[Оо]т|ср|пн|вт|чт|пт|сб|вс)(?!\p{L})|[在於\d]|\p{L}{2,3}[.,]{1,2} \d)/u;
const DATE_OR_ADDRESS = /\d{4}|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\S+@\S+/u;
const DATED_ADDRESS =
  /^(?:\p{L}{1,10}[.,]{0,2}\s+)?\d{1,4}(?:[./-]\d|\s+\p{L}|年).{0,150}?(?:<|&lt;)\s*\S+@\S+?\s*(?:>|&gt;)\s*[:：]?$/u;
const RULED_MESSAGE =
  /^[\s*_]*-{2,}\s*(?:original message|forwarded (?:message|by)|message d'origine|message transféré|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)|messaggio (?:originale|inoltrato)|ursprüngliche nachricht|weitergeleitete nachricht|oorspronkelijk bericht|doorgestuurd bericht|opprinnelig melding|originalmeddelande|oprindelig meddelelse|wiadomość oryginalna|исходное сообщение|пересылаемое сообщение|原始邮件|元のメッセージ).{0,60}$/iu;
const BEGIN_FORWARD =
  /^(?:begin forwarded message|début du (?:message réexpédié|transfert)|anfang der weitergeleiteten|inizio messaggio inoltrato|inicio del mensaje reenviado|início da mensagem)/iu;
const HEADER_LABEL = {
  from: /^[*_]*(?:from|de|von|da|van|fra|från|od|от|від|发件人|寄件者|差出人|lähettäjä|expéditeur|kimden)\s*[*_]*\s*[:：]/iu,
  other:
    /^[*_]*(?:sent|date|to|cc|bcc|subject|reply-to|envoyé|à|objet|répondre à|gesendet|datum|an|betreff|antwort an|inviato|risposta|data|a|oggetto|enviado(?: el)?|fecha|para|asunto|assunto|verzonden|aan|onderwerp|sendt|til|emne|skickat|till|ämne|wysłano|do|temat|отправлено|дата|кому|тема|копия|发送时间|日期|收件人|主题|送信日時|宛先|件名)\s*[*_]*\s*[:：]/iu,
};
const SIGNATURE_RULE = /^(?:-{2,3}|[—–]|_{2,}|-\*-)\s*$/u;
const BARE_RULE = /^[ \t]*(?:[-–—]{2,}|_{2,}|\*{3,}|#{3,}|={3,}|~{3,}|\+{3,}|ᐧ)[ \t]*$/u;
const DEVICE_NOTE =
  /^[[(<*\s]*(?:(?:sent|posted|typed) (?:from|via|with|by|using)\b|\p{Lu}?[\p{L} ]{0,24}\bfrom (?:my )?(?:mobile|phone|iphone|ipad)\b|envoyé (?:de|depuis|par|à partir de)|(?:diese nachricht wurde )?von mein\w+ .{0,60}ges(?:endet|chickt)|gesendet (?:von|mit)|enviado (?:desde|do|de|a partir)|inviato da|verzonden (?:met|vanaf|via)|sendt fra|skickat från|lähetetty|wysłane z|отправлено (?:с|из)|надіслано|從我的|发自我的|iphoneから|get \[?outlook|von meinem|hämta outlook|télécharger outlook)/iu;

export function trimReply(source: string): Reply {
  const lines = readLines(source);
  const keep = lines.map(() => true);
  const end = cutQuotedMessage(lines, keep);
  cutSignature(lines, keep, end);
  return keep.some((kept, index) => kept && !lines[index]!.isBlank)
    ? assemble(lines, keep)
    : assemble(
        lines,
        lines.map(() => true),
      );
}

function readLines(source: string): Line[] {
  let start = 0;
  return source.split('\n').map((text) => {
    const isQuoted = /^\s{0,3}(?:>|&gt;|\|\s)/.test(text);
    const bare = text.replace(/^[\s>|]+/, '').trim();
    const line = { start, text, bare, isQuoted, isBlank: text.trim() === '' };
    start += text.length + 1;
    return line;
  });
}

/** Marks the answered or forwarded message as not kept; returns the index after the last line that may be kept. */
function cutQuotedMessage(lines: readonly Line[], keep: boolean[]): number {
  for (let index = 0; index < lines.length; index++) {
    if (lines[index]!.isBlank) continue;
    const after = findAttributionEnd(lines, index);
    const isCut = after !== undefined || isForwardStart(lines, index) || isHeaderBlock(lines, index);
    if (!isCut) continue;
    const from = includeRuleAbove(lines, index);
    const hasTextBefore = lines.slice(0, from).some((line) => !line.isBlank && !BARE_RULE.test(line.text));
    if (after !== undefined && (!hasTextBefore || isInterleaved(lines, after))) {
      const hasQuotes = lines.slice(after).some((line) => line.isQuoted);
      keep.fill(false, from, after);
      if (hasQuotes) dropQuotes(lines, keep, after);
      if (hasTextBefore || hasQuotes) return lines.length;
      index = after - 1;
      continue;
    }
    if (!hasTextBefore && after === undefined) return lines.length;
    keep.fill(false, from);
    return from;
  }
  return cutTrailingQuote(lines, keep);
}

/** Marks quoted lines and the attributions between them as not kept: the author answered under or between them. */
function dropQuotes(lines: readonly Line[], keep: boolean[], from: number): void {
  for (let at = from; at < lines.length; at++) {
    if (lines[at]!.isQuoted) keep[at] = false;
    else if (!lines[at]!.isBlank) keep.fill(false, at, findAttributionEnd(lines, at) ?? at);
  }
}

/** A quote that ends the text is the message answered to, even where no line says so. */
function cutTrailingQuote(lines: readonly Line[], keep: boolean[]): number {
  let start = lines.length;
  while (start > 0 && (lines[start - 1]!.isQuoted || lines[start - 1]!.isBlank)) start--;
  if (start === 0 || !lines.slice(start).some((line) => line.isQuoted)) return lines.length;
  keep.fill(false, start);
  return start;
}

/** The index after an attribution that starts at `index`, or undefined. Wrapped ones span up to six lines. */
function findAttributionEnd(lines: readonly Line[], index: number): number | undefined {
  let joined = '';
  for (let at = index; at < Math.min(index + 6, lines.length); at++) {
    joined = `${joined} ${lines[at]!.bare.replace(/^[<>]\s*(?=wrote)/, '')}`.trim();
    if (joined.length > 300) return undefined;
    const isOneLine = at === index;
    if (isAttribution(joined) && (isOneLine || OPENERS.test(joined) || /^[^\s\d][^\d]{0,40}<\S+@/u.test(joined)))
      return at + 1;
    if (isDatedAddress(joined) && (/[:：]$/u.test(joined) || nextContent(lines, at + 1)?.isQuoted)) return at + 1;
    if (isOneLine && !OPENERS.test(joined) && !/<$|@|["”]$/u.test(joined)) return undefined;
  }
  return undefined;
}

const isAttribution = (text: string): boolean =>
  ATTRIBUTION_VERBS.test(text) &&
  DATE_OR_ADDRESS.test(text) &&
  /(?:[:：]|wrote -+|\*|(?:>|&gt;))$/u.test(text) &&
  !/[.!?]\s+\p{Lu}\p{L}+ (?:am|is|are|was|have|had)\b/u.test(text);

const isDatedAddress = (text: string): boolean => DATED_ADDRESS.test(text);

const nextContent = (lines: readonly Line[], from: number): Line | undefined =>
  lines.slice(from).find((line) => !line.isBlank);

const isForwardStart = (lines: readonly Line[], index: number): boolean =>
  RULED_MESSAGE.test(lines[index]!.bare) || BEGIN_FORWARD.test(lines[index]!.bare);

/** At least three of the next seven lines are header lines and the first of them names the sender. */
function isHeaderBlock(lines: readonly Line[], index: number): boolean {
  if (!HEADER_LABEL.from.test(lines[index]!.bare)) return false;
  const block = lines.slice(index + 1, index + 9).filter((line) => !line.isBlank);
  return block.slice(0, 6).filter((line) => HEADER_LABEL.other.test(line.bare)).length >= 2;
}

/** A rule directly above the answered message belongs to it. */
function includeRuleAbove(lines: readonly Line[], index: number): number {
  let above = index - 1;
  while (above >= 0 && lines[above]!.isBlank) above--;
  return above >= 0 && BARE_RULE.test(lines[above]!.bare || lines[above]!.text) ? above : index;
}

/** The author answered between the quotes: a paragraph stands between two quoted blocks. */
function isInterleaved(lines: readonly Line[], after: number): boolean {
  let seenQuote = false;
  let seenAnswer = false;
  for (let at = after; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.isQuoted && seenAnswer) return true;
    if (line.isQuoted) seenQuote = true;
    else if (!line.isBlank && seenQuote && lines[at - 1]!.isBlank) seenAnswer = true;
  }
  return false;
}

/** Marks device notes, trailing rules and a short block under a signature rule as not kept. */
function cutSignature(lines: readonly Line[], keep: boolean[], end: number): void {
  let last = end - 1;
  const isGone = (at: number): boolean => {
    const line = lines[at]!;
    return line.isBlank || !keep[at] || DEVICE_NOTE.test(line.bare) || BARE_RULE.test(line.text);
  };
  const rule = lines.findIndex(
    (line, at) =>
      at < end &&
      SIGNATURE_RULE.test(line.text) &&
      !isInCode(lines, at) &&
      countContent(lines, at, end) <= (/^--\s?$/.test(line.text) ? 40 : 6),
  );
  if (rule > 0) last = rule - 1;
  while (last >= 0 && isGone(last) && !isInCode(lines, last)) last--;
  if (last < 0) return;
  keep.fill(false, last + 1, end);
}

const countContent = (lines: readonly Line[], from: number, end: number): number =>
  lines.slice(from + 1, end).filter((line) => !line.isBlank).length;

const isInCode = (lines: readonly Line[], index: number): boolean =>
  lines.slice(0, index).filter((line) => line.text.startsWith('```')).length % 2 === 1;

/** Joins the kept lines; runs of neighbouring lines become one span, blank lines at both ends go. */
function assemble(lines: readonly Line[], keep: readonly boolean[]): Reply {
  const isContent = (line: Line, index: number): boolean => keep[index]! && !line.isBlank;
  const first = lines.findIndex(isContent);
  const last = lines.findLastIndex(isContent);
  const spans: TextSpan[] = [];
  let text = '';
  for (let index = first; index >= 0 && index <= last; index++) {
    if (!keep[index]) continue;
    const isRunStart = index === first || !keep[index - 1];
    if (isRunStart && text !== '') text += '\n';
    const line = lines[index]!;
    const copied = index === last ? line.text.trimEnd() : line.text + (keep[index + 1] ? '\n' : '');
    const span = spans.at(-1);
    if (isRunStart || !span) spans.push([text.length, line.start, copied.length]);
    else span[2] += copied.length;
    text += copied;
  }
  return { text, spans };
}
