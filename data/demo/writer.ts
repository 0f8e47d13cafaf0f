import type { Agent } from './company.ts';
import type { Contact } from './contact.ts';
import { demoChannels, type Register } from './channel.ts';
import { fill, phrases, type Slots } from './phrase-bank.ts';
import type { Random } from './random.ts';
import { slotsOf } from './slots.ts';
import { typed, withFillers } from './style.ts';

export interface Turn {
  readonly role: 'customer' | 'agent' | 'bot' | 'note';
  readonly text: string;
  readonly agent?: Agent;
  /** What happens before it is said: `reply` at once, `lookup` some searching, `hold` music, `later` hours or days. */
  readonly pause: 'reply' | 'lookup' | 'hold' | 'later';
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

  constructor(contact: Contact, random: Random) {
    this.contact = contact;
    this.random = random;
    this.register = demoChannels[contact.channel].register;
    this.agent = contact.agent;
    this.#slots = slotsOf(contact, contact.agent, random);
    this.mood = startingMood(contact);
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

  /** A line of the section, filled in, that has not been used in this conversation. */
  line(subject: string, section: string): string {
    const all = phrases(subject, section);
    const fresh = all.filter((line) => !this.#used.has(line));
    const chosen = this.random.pick(fresh.length > 0 ? fresh : all);
    this.#used.add(chosen);
    return fill(chosen, this.#slots, this.random);
  }

  /** Two lines that belong together, e.g. a finding and what follows from it. */
  pair(subject: string, section: string): [string, string] {
    const [first = '', second = ''] = this.line(subject, section).split(' => ');
    return [first, second];
  }

  customer(text: string, pause: Turn['pause'] = 'reply'): void {
    const { habits } = this.contact.customer;
    const styled =
      this.register === 'call'
        ? withFillers(text, this.random)
        : this.register === 'chat' || this.register === 'sms'
          ? typed(text, habits, this.mood, this.random)
          : text;
    this.turns.push({ role: 'customer', text: this.register === 'call' ? capital(styled) : styled, pause });
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

const withSpelling = (text: string, random: Random): string => {
  const spelled = withFillers(text, random);
  // Agents hesitate less than callers; drop what was added in half of the cases.
  return random.chance(0.6) ? spelled.replace(/^(So, um,|Uh,|Hi, um,|Yeah, so) /, '') : spelled;
};

function startingMood({ case: { matter }, attempt, isIncident }: Contact): number {
  if (matter.startsWith('praise')) return 2;
  const annoying = /late|missing|damaged|refund\.status|double|unexpected|no_reply|not_working|app_problem/.test(
    matter,
  );
  const mood = (annoying ? -1 : 0) - (attempt > 1 ? 1 : 0) - (isIncident && matter.startsWith('delivery') ? 1 : 0);
  return Math.max(-2, mood);
}
