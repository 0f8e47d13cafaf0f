import type { DemoFile } from '../../data/demo/demo-file.ts';
import { generateDemo } from '../../data/demo/generate.ts';
import type { Span } from '../../data/demo/plan.ts';
import { runDemo, type DemoRun } from './demo-run.ts';
import { findContacts, type Found } from './links.ts';

/** A demo after the pipeline, joined with what was planned for it. */
export interface PlantedDemo extends DemoRun {
  readonly span: Span;
  readonly files: readonly DemoFile[];
  readonly found: readonly Found[];
  /** Contacts whose words can be read: in the language that the model knows, one to an interaction. */
  readonly readable: readonly Found[];
}

export async function openDemo(span: Span, seed: string): Promise<PlantedDemo> {
  const run = await runDemo({ seed, ...span });
  const found = await findContacts(run.store, run.conversations, span);
  const readable = found.filter(
    ({ contact, isAlone }) =>
      contact.language === 'en' && contact.outcome !== 'abandoned' && contact.channel !== 'store_line' && isAlone,
  );
  return { ...run, span, files: [...generateDemo({ seed, ...span })], found, readable };
}

export const on = (found: readonly Found[], ...channels: readonly string[]): Found[] =>
  found.filter(({ contact }) => channels.includes(contact.channel));

export const customerOf = ({ fact }: Found): string => fact.customer_id ?? `none of ${fact.interaction_id}`;

export const customersOf = (list: readonly Found[]): Set<string> => new Set(list.map(customerOf));

/** All that the files of a source hold. */
export const textOf = (files: readonly DemoFile[], source: string): string =>
  files
    .filter((file) => file.source === source)
    .map(({ body }) => (typeof body === 'string' ? body : Buffer.from(body).toString()))
    .join('\n');

export const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1]!);
