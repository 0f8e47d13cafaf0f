import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretFormOf } from '../../../ingest/pull/pull-auth.ts';
import type { MailboxPlan, PullPlan } from '../../../ingest/pull/pull-plan.ts';
import { connectors } from '../../../ingest/sources.ts';

/** Writes the table of docs/pulling.md from the plans. Run by `npm run docs`; a test fails where it is not current. */
export const pullingPagePath = join(import.meta.dirname, '../../../docs/pulling.md');

function secretOf(plan: PullPlan | MailboxPlan): string {
  if (plan.kind === 'mailbox') return 'user:password';
  return secretFormOf(plan.auth) ?? 'API key or access token';
}

const readsOf = (plan: PullPlan | MailboxPlan): string =>
  plan.kind === 'mailbox' ? 'messages' : plan.streams.map(({ name }) => name).join(', ');

const table = (): string[] => [
  '| connector | `baseUrl` | secret | reads |',
  '|---|---|---|---|',
  ...connectors.flatMap(({ name, pull }) =>
    pull ? [`| \`${name}\` | \`${pull.address}\` | ${secretOf(pull)} | ${readsOf(pull)} |`] : [],
  ),
];

export function describePulling(page = readFileSync(pullingPagePath, 'utf8')): string {
  const [before, after] = page.split(/<!-- plans -->[\s\S]*<!-- \/plans -->/);
  return `${before}<!-- plans -->\n\n${table().join('\n')}\n\n<!-- /plans -->${after}`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(pullingPagePath, describePulling());
