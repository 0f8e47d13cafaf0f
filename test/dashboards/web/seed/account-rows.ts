import { recordId } from '../../../../ingest/record-id.ts';
import type { Contact } from './company.ts';
import type { SeedRow } from './insert.ts';

const crmId = recordId('account', 'crm', '10001');
const deskId = recordId('account', 'desk', '81');
const since = new Date('2024-02-01T00:00:00Z');

/** The id of the only account: the smallest of its records. */
export const seededAccount = [crmId, deskId].sort()[0]!;

/** One company that stands in two sources, with the first three people of the store as its customers. */
export function accountRows(contacts: readonly Contact[]): Record<string, SeedRow[]> {
  const members = [...new Set(contacts.map(({ person }) => person.id))].slice(0, 3);
  const own = contacts.filter(({ person }) => members.includes(person.id));
  const record = (id: string, source: string, nativeId: string, name: string): SeedRow => ({
    id,
    source,
    native_id: nativeId,
    name,
    plan: 'Gold',
    version: 1,
    revision: 1,
  });
  return {
    'core.account': [record(crmId, 'crm', '10001', 'Northwind Pumps'), record(deskId, 'desk', '81', 'Northwind')],
    'identity.account_record': [crmId, deskId].map((id) => ({
      record_id: id,
      account_id: seededAccount,
      domains: 'northwind.example',
    })),
    'identity.account_edge': [
      {
        record_id: crmId,
        other_record_id: deskId,
        evidence: 'names the other record',
        value: 'crm:10001',
        is_used: true,
      },
    ],
    'identity.account_customer': members.map((id, index) => ({
      customer_id: id,
      account_id: seededAccount,
      evidence: index === 2 ? 'email_domain' : 'stated',
      source: 'crm',
      detail: index === 2 ? 'northwind.example' : null,
      started_at: index === 2 ? null : since,
      is_current: true,
      place: 1,
      revision: 1,
    })),
    'identity.customer_profile': members.map((id) => ({
      customer_id: id,
      language: 'en',
      country: 'Ireland',
      consent: 'opted_out',
      since_at: since,
      sources: 'crm',
      revision: 1,
    })),
    'mart.account': [
      {
        account_id: seededAccount,
        name: 'Northwind Pumps',
        domains: 'northwind.example',
        plan: 'Gold',
        country: 'Ireland',
        since_at: since,
        sources: 'crm,desk',
        record_count: 2,
        member_count: members.length,
        interaction_count: own.length,
        episode_count: new Set(own.map(({ episodeId }) => episodeId)).size,
        open_episode_count: 1,
        last_seen_at: own.at(-1)!.startedAt,
        sentiment_recent: -0.2,
        churn_risk_highest: 0.72,
        churn_risk_average: 0.4,
        churn_method: 'learned',
        high_churn_count: 1,
        left_count: 0,
      },
    ],
  };
}
