import type { Contact } from './contact.ts';
import { fill, phrases } from './phrase-bank.ts';
import type { Random } from './random.ts';
import { failingCarrier } from './company.ts';
import { Writer, type Turn } from './writer.ts';

/** The turns of one contact, in the way people speak or write on its channel. */
export function writeConversation(contact: Contact, random: Random): Turn[] {
  const writer = new Writer(contact, random);
  if (contact.language !== 'en') writeForeign(writer);
  else if (contact.channel === 'chat') writeChat(writer);
  else if (contact.channel === 'whatsapp') writeMessages(writer);
  else if (contact.channel === 'sms') writeSms(writer);
  else if (contact.channel === 'email' || contact.channel === 'ticket') writeMail(writer);
  else if (contact.channel === 'social') writePosts(writer);
  else if (contact.channel === 'video') writeVideo(writer);
  else writeCall(writer);
  return writer.turns;
}

/** The first words, with the small additions that people make before and after. */
function opening(writer: Writer, section: 'chat' | 'sms' | 'call' | 'post'): string {
  const { random, matter } = writer;
  const line = writer.line(matter, section);
  const isGreeted = /^(hi|hello|hey|hiya|good|morning|yeah|right|so|ok)\b/i.test(line);
  const lead =
    !isGreeted && random.chance(section === 'post' ? 0 : 0.4) ? `${writer.line('customer', `lead_${section}`)} ` : '';
  const tail = random.chance(section === 'post' ? 0.2 : 0.4)
    ? ` ${writer.line('customer', tailSection(writer, section))}`
    : '';
  const first = lead && !/^(I\b|I'|[A-Z]{2}|\{)/.test(line) ? line[0]!.toLowerCase() + line.slice(1) : line;
  const isRepeatOfOrder = /BW\d/.test(line) && /BW\d/.test(tail);
  const end = isRepeatOfOrder || !tail || /[.!?…\p{Extended_Pictographic}]$/u.test(first) ? first : `${first}.`;
  return `${lead}${isRepeatOfOrder ? first : end + tail}`;
}

/** Matters that are about an order; only there do people add its number or when they bought it. */
const isAboutOrder = ({ matter }: Writer): boolean =>
  /^(delivery|order|return|refund|billing|payment|complaint)\./.test(matter);

const tailSection = (writer: Writer, section: string): string =>
  isAboutOrder(writer) || section === 'post' ? `tail_${section}` : 'tail_plain';

const isRepeat = ({ contact }: Writer): boolean => contact.previous !== undefined && contact.attempt > 1;
const isAngry = ({ mood }: Writer): boolean => mood <= -2;

/** The agent's first question; who has given the order number already is mostly not asked. Says whether it was one. */
function ask(writer: Writer, greeting = ''): boolean {
  const isGiven = writer.turns.some(({ role, text }) => role === 'customer' && /\bBW\d|\bB W /.test(text));
  const isAsked = !isGiven || writer.random.chance(0.2);
  const question = isAsked ? writer.line(writer.matter, 'ask') : writer.line('agent', 'check_order');
  const isKind = /sorry|apolog|understand/i.test(question) || writer.mood >= 0 || !writer.random.chance(0.65);
  const regret = isKind ? '' : `${writer.line('agent', 'empathy')} `;
  writer.agentSays(`${greeting}${regret}${question}`, greeting ? 'later' : 'reply');
  return isAsked;
}

/** Finding and outcome, as the agent says them; the mood follows. */
function outcomeOf(writer: Writer): [string, string] {
  const { contact, matter } = writer;
  const isSolved = contact.outcome === 'resolved';
  const [finding, result] = writer.pair(matter, isSolved ? 'fix' : 'fail');
  const isHeld =
    contact.isIncident && contact.case.carrier === failingCarrier && /^delivery\.(late|track)$/.test(matter);
  writer.mood = Math.max(-2, Math.min(2, writer.mood + (isSolved ? 2 : -1)));
  const found = isHeld && !isSolved ? writer.line('agent', 'outage') : finding;
  return [introduced(writer, found, 'lead_finding'), introduced(writer, result, isSolved ? 'lead_good' : 'lead_bad')];
}

/** Agents begin in their own ways; in letters they come to the point. */
function introduced(writer: Writer, text: string, section: string): string {
  const isPraise = writer.matter.startsWith('praise') || writer.matter.startsWith('contact');
  if (isPraise || writer.register === 'email' || !writer.random.chance(section === 'lead_good' ? 0.22 : 0.34))
    return text;
  const lead = writer.line('agent', section);
  const isInner = lead.endsWith(':') && !/^(I\b|I'|[A-Z][a-z]+ [A-HJ-Z])/.test(text);
  return `${lead} ${isInner ? text[0]!.toLowerCase() + text.slice(1) : text}`;
}

/** What the customer says to the outcome, one or two lines; the first may be two sentences. */
function reactions(writer: Writer): string[] {
  const [first = '', ...rest] = reactionLines(writer);
  const more = writer.contact.outcome === 'resolved' ? 'more_good' : 'more_bad';
  const canSayMore = writer.contact.attempt === 1 || more === 'more_bad';
  return [canSayMore && writer.random.chance(0.35) ? `${first} ${writer.line('customer', more)}` : first, ...rest];
}

function reactionLines(writer: Writer): string[] {
  const { contact, random } = writer;
  if (contact.outcome === 'resolved')
    return [
      writer.line('customer', isRepeat(writer) && random.chance(0.7) ? 'accept_grudging' : 'accept'),
      ...(contact.isLeaving ? [writer.line('customer', 'left')] : []),
    ];
  if (contact.isLeaving) return [writer.line('customer', 'reject'), writer.line('customer', 'leave')];
  const first = writer.line('customer', isAngry(writer) || random.chance(0.35) ? 'reject' : 'reject_mild');
  return isAngry(writer) && random.chance(0.5) ? [first, writer.line('customer', 'anger')] : [first];
}

/** A side question and its answer, where there is time for one. */
function sideQuestion(writer: Writer, chance: number): void {
  if (!writer.random.chance(chance)) return;
  const [question, answer] = writer.pair(writer.matter, 'extra');
  writer.customer(question);
  writer.agentSays(answer, 'lookup');
}

function writeCall(writer: Writer): void {
  const { contact, random, matter } = writer;
  writer.agentSays(writer.line('agent', 'greet_call'));
  writer.customer(opening(writer, 'call'));
  if (isRepeat(writer)) writer.customer(writer.line('customer', 'repeat'));
  if (contact.transferTo) transfer(writer);
  const isAsked = ask(writer);
  if (isRepeat(writer) && isAsked && random.chance(0.5)) writer.customer(writer.line('customer', 'repeat_mid'));
  if (isAsked) {
    writer.customer(writer.line(matter, 'detail'));
    writer.agentSays(writer.line('agent', 'lookup'), 'reply');
  }
  if (random.chance(0.35)) {
    writer.agentSays(writer.line('agent', 'hold'));
    writer.customer(writer.line('customer', 'okay_wait'));
    writer.agentSays(writer.line('agent', 'back'), 'hold');
  }
  const [finding, result] = outcomeOf(writer);
  writer.agentSays(finding, 'lookup');
  if (random.chance(0.75)) writer.customer(writer.line('customer', isAngry(writer) ? 'listen_bad' : 'listen'));
  writer.agentSays(result);
  sideQuestion(writer, contact.outcome === 'resolved' ? 0.45 : 0.2);
  for (const line of reactions(writer)) writer.customer(line);
  closeCall(writer);
}

function closeCall(writer: Writer): void {
  const { contact, random } = writer;
  if (contact.outcome === 'resolved') {
    writer.agentSays(writer.line('agent', 'close'));
    writer.customer(writer.line('customer', 'no_more'));
    writer.agentSays(writer.line('agent', 'bye'));
    if (random.chance(0.6)) writer.customer(writer.line('customer', 'bye'));
    return;
  }
  writer.agentSays(writer.line('agent', 'sorry_bye'));
  if (random.chance(0.6)) writer.customer(writer.line('customer', isAngry(writer) ? 'bye_bad' : 'bye'));
}

function transfer(writer: Writer): void {
  const { transferTo } = writer.contact;
  writer.withSlots({ team: transferTo!.team });
  writer.agentSays(writer.line('agent', 'transfer'));
  writer.customer(writer.line('customer', 'okay_wait'));
  writer.handTo(transferTo!);
  writer.agentSays(writer.line('agent', 'handed'), 'hold');
  if (writer.random.chance(0.6)) writer.customer(writer.line('customer', 'repeat_mid'));
  writer.customer(writer.line(writer.matter, 'call'));
}

function writeChat(writer: Writer): void {
  const { contact, random, matter } = writer;
  writer.botSays(writer.line('agent', 'bot_greet'));
  writer.customer(opening(writer, 'chat'));
  if (contact.outcome === 'contained') return contain(writer);
  if (isRepeat(writer)) writer.customer(writer.line('customer', 'repeat'));
  if (random.chance(0.4)) {
    writer.botSays(writer.line('agent', 'bot_unsure'));
    writer.customer(
      random.chance(0.5)
        ? writer.line(matter, 'sms')
        : fill('[can I talk to a person please|human please|agent]', {}, random),
    );
  }
  writer.botSays(writer.line('agent', 'bot_handover'));
  talk(writer, ask(writer, `${writer.line('agent', 'greet_chat')} `));
}

function contain(writer: Writer): void {
  const { matter } = writer;
  const [section, needsNumber] = {
    'delivery.track': ['bot_track', true],
    'billing.invoice_copy': ['bot_invoice', true],
    'account.log_in': ['bot_login', false],
  }[matter] ?? ['bot_hours', false];
  if (needsNumber) {
    writer.botSays(writer.line('agent', 'bot_ask'));
    writer.customer(fill("[it's |]{order}[ thanks|]", { order: writer.contact.case.order }, writer.random));
  }
  writer.botSays(
    matter === 'contact.opening_hours' ? writer.pair(matter, 'fix').join(' ') : writer.line('agent', String(section)),
  );
  writer.mood = 1;
  writer.customer(writer.line('customer', 'accept_bot'));
  writer.botSays(writer.line('agent', 'bot_done'));
}

function writeMessages(writer: Writer): void {
  const { random } = writer;
  writer.customer(opening(writer, 'chat'));
  if (isRepeat(writer)) writer.customer(writer.line('customer', 'repeat'));
  else if (random.chance(0.4) && isAboutOrder(writer)) writer.customer(writer.line('customer', 'opening_more_chat'));
  if (random.chance(0.15)) writer.customer(random.pick(['hello?', '?', 'anyone?']), 'later');
  talk(writer, ask(writer, `${writer.line('agent', 'greet_chat')} `));
}

/** The middle and end of a written conversation with a person. */
function talk(writer: Writer, isAsked: boolean): void {
  const { contact, random, matter } = writer;
  if (isAsked && isRepeat(writer) && random.chance(0.45)) writer.customer(writer.line('customer', 'repeat_mid'));
  if (isAsked) writer.customer(writer.line(matter, 'detail'));
  if (isAsked && random.chance(0.5)) writer.agentSays(writer.line('agent', 'lookup'), 'reply');
  if (random.chance(0.18)) writer.customer(writer.line('customer', 'waiting_chat'), 'lookup');
  const [finding, result] = outcomeOf(writer);
  if (random.chance(0.35)) writer.agentSays(`${finding} ${result}`, 'lookup');
  else {
    writer.agentSays(finding, 'lookup');
    if (random.chance(0.55)) writer.customer(writer.line('customer', isAngry(writer) ? 'listen_bad' : 'listen'));
    writer.agentSays(result);
  }
  sideQuestion(writer, contact.outcome === 'resolved' ? 0.35 : 0.12);
  for (const line of reactions(writer)) writer.customer(line);
  if (contact.outcome !== 'resolved') return writer.agentSays(writer.line('agent', 'sorry_bye'));
  if (random.chance(0.45)) {
    writer.agentSays(writer.line('agent', 'close'));
    writer.customer(writer.line('customer', 'no_more'));
  }
  writer.agentSays(
    random.pick(["You're welcome! ", 'My pleasure. ', 'Gladly. ', '']) +
      random.pick(['Have a nice day!', 'Take care!', `All the best, ${writer.agent.first}`, 'Bye for now.']),
  );
}

function writeSms(writer: Writer): void {
  const { contact, random, matter } = writer;
  writer.customer(opening(writer, 'sms'));
  if (isRepeat(writer)) writer.customer(writer.line('customer', 'repeat'));
  if (!/\bBW\d/.test(writer.turns[0]!.text) || random.chance(0.2)) {
    writer.agentSays(`${writer.line('agent', 'greet_sms')} ${writer.line(matter, 'ask')}`, 'later');
    writer.customer(writer.line(matter, 'detail'), 'lookup');
  }
  const [finding, result] = outcomeOf(writer);
  writer.agentSays(`${finding} ${result}`, 'lookup');
  if (random.chance(0.75) || contact.isLeaving) for (const line of reactions(writer)) writer.customer(line);
  if (random.chance(0.03)) writer.customer(writer.line('customer', 'stop'), 'later');
}

/** Bodies of mails or ticket comments: greeting, paragraphs, close. */
function writeMail(writer: Writer): void {
  const { contact, random, matter } = writer;
  writer.customer(firstMail(writer), 'reply', writer.line(matter, 'subject'));
  if (random.chance(contact.channel === 'email' && contact.outcome === 'unresolved' ? 0.3 : 0.06))
    writer.customer(letter(writer, [writer.line('customer', 'chase_email')]), 'later');
  if (random.chance(0.3) && contact.channel === 'ticket') writer.note(writer.line('agent', 'note'));
  if (!writer.turns[0]!.text.includes(contact.case.order) && random.chance(0.4)) {
    writer.agentSays(answer(writer, [writer.line(matter, 'ask')]), 'later');
    writer.customer(letter(writer, [writer.line(matter, 'detail')]), 'later');
  }
  const [finding, result] = outcomeOf(writer);
  writer.agentSays(answer(writer, [`${finding} ${result}`]), 'later');
  if (contact.outcome === 'resolved') {
    if (contact.isReopened) return reopen(writer);
    if (contact.isLeaving) writer.customer(letter(writer, [writer.line('customer', 'left')]), 'later');
    else if (random.chance(0.5)) writer.customer(letter(writer, [writer.line('customer', 'thanks_email')]), 'later');
    return;
  }
  const words = [
    writer.line('customer', 'reject_email'),
    ...(isAngry(writer) ? [writer.line('customer', 'anger')] : []),
  ];
  if (contact.isLeaving) words.push(writer.line('customer', 'leave'));
  if (random.chance(0.6) || contact.isLeaving) {
    writer.customer(letter(writer, [words.join(' ')]), 'later');
    if (random.chance(0.5))
      writer.agentSays(answer(writer, [writer.line(matter, 'fail').replace(' => ', ' ')]), 'later');
  }
}

/** The customer thought that it was settled, and it is not; a colleague settles it. */
function reopen(writer: Writer): void {
  const { matter } = writer;
  writer.customer(
    letter(writer, ['I thought that this was settled, but it is not.', writer.line('customer', 'reopen_email')]),
    'later',
  );
  writer.agentSays(
    answer(writer, [writer.line('agent', 'empathy'), writer.line(matter, 'fix').replace(' => ', ' ')]),
    'later',
  );
}

function firstMail(writer: Writer): string {
  const { random, matter } = writer;
  const story = [writer.line(matter, 'email')];
  if (random.chance(0.55)) story.push(writer.line('customer', 'email_aside'));
  const paragraphs = [story.join(' ')];
  if (isRepeat(writer)) paragraphs.push(writer.line('customer', 'repeat'));
  if (isAngry(writer) && random.chance(0.6)) paragraphs.push(writer.line('customer', 'anger'));
  if (random.chance(0.7)) paragraphs.push(writer.line('customer', 'email_ask'));
  return letter(writer, paragraphs);
}

const letter = (writer: Writer, paragraphs: readonly string[]): string =>
  [
    writer.line('customer', writer.turns.some(({ role }) => role === 'agent') ? 'greet_again' : 'greet_email'),
    ...paragraphs.map((paragraph) => paragraph.replace(/^\p{Ll}/u, (first) => first.toUpperCase())),
    `${writer.line('customer', 'sign_email')}\n${writer.contact.customer.name}`,
  ].join('\n\n');

const answer = (writer: Writer, paragraphs: readonly string[]): string =>
  [
    writer.line('agent', 'greet_email'),
    [writer.line('agent', 'thanks_email'), ...paragraphs].join('\n\n'),
    `${writer.line('agent', 'sign_email')}\n${writer.agent.name}\nBramwick Customer Service`,
  ].join('\n\n');

function writePosts(writer: Writer): void {
  const { contact, random, matter } = writer;
  writer.customer(opening(writer, 'post'));
  const isPraise = matter.startsWith('praise');
  const isQuestion = !isPraise && writer.mood >= 0 && writer.turns[0]!.text.includes('?');
  if (!isPraise && random.chance(0.15)) writer.customer(writer.line('customer', 'still_post'), 'later');
  if (!random.chance(isPraise ? 0.7 : 0.82)) return;
  writer.agentSays(
    writer.line('agent', isPraise ? 'public_thanks' : isQuestion ? 'public_answer' : 'public_reply'),
    'later',
  );
  if (isPraise || !random.chance(0.55)) return;
  writer.customer(writer.line('customer', contact.outcome === 'resolved' ? 'thanks_post' : 'reject_post'), 'lookup');
  if (contact.isLeaving) writer.customer(writer.line('customer', 'leave'), 'later');
}

function writeVideo(writer: Writer): void {
  const { random } = writer;
  writer.agentSays(writer.line('video', 'greet'));
  writer.customer(writer.line('video', 'greet_reply'));
  writer.agentSays('So, what are we planning today?');
  writer.customer(writer.line('video', 'need'));
  const questions = random.shuffle([...phrases('video', 'question').keys()]);
  for (const index of questions.slice(0, random.integer(3, 5))) {
    writer.agentSays(phrases('video', 'question')[index]!);
    writer.customer(fill(phrases('video', 'answer')[index]!, { amount: writer.contact.case.amount }, random));
  }
  for (let round = random.integer(2, 4); round > 0; round -= 1) {
    const [reaction, reply] = writer.pair('video', 'react');
    writer.agentSays(writer.line('video', 'idea'));
    writer.customer(reaction);
    writer.agentSays(reply);
  }
  writer.agentSays(writer.line('video', 'wrap'));
  writer.customer(writer.line('video', 'wrap_reply'));
}

function writeForeign(writer: Writer): void {
  const { contact, random } = writer;
  const { language } = contact;
  const sign = contact.channel === 'email' ? `\n\n${contact.customer.name}` : '';
  writer.customer(writer.line(language, 'opening') + sign);
  writer.agentSays(writer.line(language, 'agent'), 'later');
  if (random.chance(0.7)) writer.customer(writer.line(language, 'follow') + sign, 'later');
}
