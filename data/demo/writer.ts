import type { Agent } from './company.ts';
import type { Contact } from './contact.ts';
import { demoChannels, type Register } from './channel.ts';
import { chooseTopic, fill, phrases, topicsOf, type Slots } from './phrase-bank.ts';
import { Random } from './random.ts';
import { slotsOf } from './slots.ts';
import { spoken, typed, withFillers } from './style.ts';

export interface Turn {
  readonly role: 'customer' | 'agent' | 'bot' | 'note';
  readonly text: string;
  readonly agent?: Agent;
  /** What happens before it is said: `reply` at once, `lookup` some searching, `hold` music, `later` hours or days. */
  readonly pause: 'reply' | 'lookup' | 'hold' | 'later';
  /** Of the mail or ticket that the turn opens. */
  readonly subject?: string;
}

const capital = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** Writes the turns of one contact; no line is said twice in it. */
export class Writer {
  readonly turns: Turn[] = [];
  readonly contact: Contact;
  readonly random: Random;
  readonly register: Register;
  agent: Agent;
  /** From 2 (delighted) to -2 (angry); it moves with what the customer hears. */
  mood: number;
  #slots: Slots;
  readonly #used = new Set<string>();
  readonly #topic: string | undefined;

  constructor(contact: Contact, random: Random) {
    this.contact = contact;
    this.random = random;
    this.register = demoChannels[contact.channel].register;
    this.agent = contact.agent;
    this.#slots = slotsOf(contact, contact.agent, random);
    this.mood = startingMood(contact);
    // From the case alone, so that later contacts about it are about the same side of the matter.
    this.#topic = chooseTopic(contact.case.matter, new Random(`topic/${contact.case.order}`));
  }

  get matter(): string {
    return this.contact.case.matter;
  }

  /** Another colleague goes on. */
  handTo(agent: Agent): void {
    this.agent = agent;
    this.#slots = { ...this.#slots, agent: agent.first, initials: agent.initials, team: agent.team };
  }

  withSlots(slots: Slots): void {
    this.#slots = { ...this.#slots, ...slots };
  }

  /** A line of the section, filled in, that fits the topic and has not been used in this conversation. */
  line(subject: string, section: string): string {
    const all = phrases(subject, section);
    const topic = this.contact.isLeaving && this.contact.outcome === 'resolved' ? 'cancelled' : this.#topic;
    const own = topic ? all.filter((line) => topicsOf(line).includes(topic)) : [];
    const general = all.filter((line) => topicsOf(line).length === 0);
    const fitting = [own, general, all].find((lines) => lines.some((line) => !this.#used.has(line))) ?? all;
    const chosen = this.random.pick(fitting.filter((line) => !this.#used.has(line)));
    const line = chosen ?? this.random.pick(fitting);
    this.#used.add(line);
    return fill(line, this.#slots, this.random);
  }

  /** Two lines that belong together, e.g. a finding and what follows from it. */
  pair(subject: string, section: string): [string, string] {
    const [first = '', second = ''] = this.line(subject, section).split(' => ');
    return [first, second];
  }

  customer(text: string, pause: Turn['pause'] = 'reply', subject?: string): void {
    const { habits } = this.contact.customer;
    const styled =
      this.register === 'call'
        ? withFillers(text, this.random)
        : this.register === 'chat' || this.register === 'sms'
          ? typed(text, habits, this.mood, this.random)
          : text;
    this.turns.push({
      role: 'customer',
      text: this.register === 'call' ? capital(styled) : styled,
      pause,
      ...(subject && { subject }),
    });
  }

  agentSays(text: string, pause: Turn['pause'] = 'reply'): void {
    const { random, register } = this;
    const said = register === 'call' ? withSpelling(text, random) : text;
    this.turns.push({ role: 'agent', text: capital(said), agent: this.agent, pause });
  }

  botSays(text: string): void {
    this.turns.push({ role: 'bot', text: capital(text), pause: 'reply' });
  }

  note(text: string): void {
    this.turns.push({ role: 'note', text, agent: this.agent, pause: 'reply' });
  }
}

/** Agents hesitate less than callers. */
function withSpelling(text: string, random: Random): string {
  const said = spoken(text);
  const canBegin = said.length > 40 && !/^(good|hello|hi|thank|bramwick|okay|right|of course|sure)\b/i.test(said);
  if (!canBegin || !random.chance(0.12)) return said;
  const rest = /^(I\b|I'|[A-Z][a-z]+ [A-HJ-Z])/.test(said) ? said : said[0]!.toLowerCase() + said.slice(1);
  return `${random.pick(['Okay, so', 'Right, so', 'So,', 'Well,'])} ${rest}`;
}

function startingMood({ case: { matter }, attempt, isIncident }: Contact): number {
  if (matter.startsWith('praise')) return 2;
  const annoying = /late|missing|damaged|refund\.status|double|unexpected|no_reply|not_working|app_problem/.test(
    matter,
  );
  const mood = (annoying ? -1 : 0) - (attempt > 1 ? 1 : 0) - (isIncident && matter.startsWith('delivery') ? 1 : 0);
  return Math.max(-2, mood);
}
