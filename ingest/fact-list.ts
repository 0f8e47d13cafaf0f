import type { SplitContext } from './connector.ts';
import { normalizeHandle } from './formats/handle.ts';
import { recordId } from './record-id.ts';
import type { Fact, FactKind, FactOf, HandleTypeName, RoleName } from './records.ts';

type Given<K extends FactKind, Derived extends string> = Omit<
  FactOf<K>,
  'fact' | 'id' | 'source' | 'version' | Derived
> & {
  version?: number;
};

/** The parts of an address that make one handle. */
export interface HandleInput {
  type: HandleTypeName;
  value: string | number | undefined | null;
  display?: string | undefined;
  /** The source that gave out an id, where that is another one (a survey that carries the id of a CRM contact). */
  source?: string | undefined;
  /** What the source's directory says this person is; a message states it on what was said instead. */
  role?: RoleName | undefined;
}

/** Handles named lately: the same people write again and again, and reading a phone number takes longer than all else. */
const identified = new Map<string, { id: string; value: string } | undefined>();
const MOST_IDENTIFIED = 50_000;

function identifyHandle(type: HandleTypeName, given: HandleInput['value'], source: string) {
  const key = `${type}\u001f${source}\u001f${given}`;
  if (identified.has(key)) return identified.get(key);
  const value = normalizeHandle(type, given, source);
  const handle = value === undefined ? undefined : { id: recordId('handle', type, value), value };
  if (identified.size >= MOST_IDENTIFIED) identified.clear();
  identified.set(key, handle);
  return handle;
}

/**
 * Collects the facts of one unit and derives their ids, so that a connector only says what it saw.
 * `version` orders facts about one record (epoch ms of the source's change, or its sequence number).
 */
export class FactList {
  readonly facts: Fact[] = [];
  readonly #source: string;
  readonly #version: number;

  constructor(context: Pick<SplitContext, 'source'>, version: number) {
    this.#source = context.source;
    this.#version = Math.trunc(version);
  }

  /** Adds a thread and returns its id. */
  thread(given: Given<'thread', never>): string {
    const id = recordId('thread', this.#source, given.nativeId);
    this.#add({ fact: 'thread', id, source: this.#source, version: this.#version, ...given });
    return id;
  }

  /** The id a thread has or will have; use it to link to threads this unit does not describe. */
  threadId(nativeId: string): string {
    return recordId('thread', this.#source, nativeId);
  }

  link(threadId: string, otherThreadId: string, evidence: string): void {
    if (threadId !== otherThreadId) this.#add({ fact: 'link', threadId, otherThreadId, evidence });
  }

  /** Adds an utterance and returns its id; `nativeId` must be unique within the source, not only within the thread. */
  utterance(given: Given<'utterance', never>): string {
    const id = this.utteranceId(given.nativeId);
    this.#add({ fact: 'utterance', id, source: this.#source, version: this.#version, ...given });
    return id;
  }

  utteranceId(nativeId: string): string {
    return recordId('utterance', this.#source, nativeId);
  }

  /** Adds an event; its id is made of thread, kind, time and `nativeId` (where one source has several at one instant). */
  event(given: Given<'event', never> & { nativeId?: string }): string {
    const { nativeId = '', ...event } = given;
    const id = recordId(
      'event',
      this.#source,
      event.threadId,
      event.kind,
      event.occurredAt.getTime(),
      event.utteranceId ?? '',
      nativeId,
    );
    this.#add({ fact: 'event', id, source: this.#source, ...event });
    return id;
  }

  /** Adds a vendor's number unless it is missing; one value per thread, name and agent. */
  measure(given: Omit<Given<'measure', never>, 'value'> & { value: number | undefined | null }): void {
    if (given.value === undefined || given.value === null || !Number.isFinite(given.value)) return;
    const id = recordId('measure', this.#source, given.threadId, given.name, given.agentId ?? '');
    this.#add({ fact: 'measure', id, source: this.#source, version: this.#version, ...given, value: given.value });
  }

  survey(given: Given<'survey', never>): string {
    const id = recordId('survey', this.#source, given.nativeId);
    this.#add({ fact: 'survey', id, source: this.#source, version: this.#version, ...given });
    return id;
  }

  /** Adds a handle and returns its id, or undefined where the value is empty or not of its type. */
  handle({ type, value, display, role, source = this.#source }: HandleInput): string | undefined {
    const normal = identifyHandle(type, value, source);
    if (!normal) return undefined;
    this.#add({
      fact: 'handle',
      id: normal.id,
      type,
      value: normal.value,
      display,
      version: this.#version,
      ...(role && { role }),
    });
    return normal.id;
  }

  /** Adds a handle and its part in a thread; returns the handle's id where there is one. */
  participant(threadId: string, role: RoleName, occurredAt: Date, handle: HandleInput): string | undefined {
    const handleId = this.handle(handle);
    if (handleId) this.#add({ fact: 'participant', threadId, handleId, role, source: this.#source, occurredAt });
    return handleId;
  }

  /** States that two handles stand on one profile. */
  profile(handleId: string | undefined, otherHandleId: string | undefined, evidence: string, occurredAt: Date): void {
    if (!handleId || !otherHandleId || handleId === otherHandleId) return;
    this.#add({ fact: 'profile', handleId, otherHandleId, evidence, source: this.#source, occurredAt });
  }

  /** The id the record of a person has or will have. */
  personId(nativeId: string): string {
    return recordId('person', this.#source, nativeId);
  }

  /** Adds what a source knows of a person, unless nothing names the person (`handleId`); returns the record's id. */
  person({ handleId, ...given }: Given<'person', 'handleId'> & { handleId: string | undefined }): string | undefined {
    if (!handleId) return undefined;
    const id = this.personId(given.nativeId);
    this.#add({ fact: 'person', id, source: this.#source, version: this.#version, handleId, ...given });
    return id;
  }

  /** The id an account has or will have. */
  accountId(nativeId: string): string {
    return recordId('account', this.#source, nativeId);
  }

  /** Adds an account and returns its id. */
  account(given: Given<'account', never>): string {
    const id = this.accountId(given.nativeId);
    this.#add({ fact: 'account', id, source: this.#source, version: this.#version, ...given });
    return id;
  }

  /** Adds that a person belongs, or belonged, to an account. */
  membership(given: Given<'membership', never>): string {
    const id = recordId('membership', this.#source, given.nativeId);
    this.#add({ fact: 'membership', id, source: this.#source, version: this.#version, ...given });
    return id;
  }

  /** Adds a recording or an attached file and returns its id. */
  media(given: Given<'media', never>): string {
    const id = recordId('media', this.#source, given.nativeId);
    this.#add({ fact: 'media', id, source: this.#source, version: this.#version, ...given });
    return id;
  }

  /** Adds an agent and returns the id. */
  agent(given: Given<'agent', never>): string {
    const id = recordId('agent', this.#source, given.nativeId);
    this.#add({ fact: 'agent', id, source: this.#source, version: this.#version, ...given });
    return id;
  }

  queue(given: Given<'queue', never>): string {
    const id = recordId('queue', this.#source, given.nativeId);
    this.#add({ fact: 'queue', id, source: this.#source, version: this.#version, ...given });
    return id;
  }

  #add(fact: Fact): void {
    this.facts.push(fact);
  }
}
