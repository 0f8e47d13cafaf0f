import type { PullPlan, PullStream } from '../../pull/pull-plan.ts';

const SIZE = 100;
const SINCE = 'filterGroups.0.filters.0.value';

/** The search ends at the 10 000th object: it is asked anew from the newest one. Changes take a while to show in it. */
const search = (object: string, properties: string, changed = 'hs_lastmodifieddate'): PullStream => ({
  name: object,
  path: `/crm/v3/objects/${object}/search`,
  body: {
    filterGroups: [{ filters: [{ propertyName: changed, operator: 'GTE', value: '0' }] }],
    sorts: [{ propertyName: changed, direction: 'ASCENDING' }],
    properties: properties.split(' '),
    limit: SIZE,
  },
  rows: 'results',
  cursor: {
    kind: 'time',
    at: 'row',
    path: `properties.${changed}`,
    read: 'iso',
    parameter: SINCE,
    write: 'epoch-milliseconds',
    overlapSeconds: 900,
  },
  paging: { kind: 'newest', size: SIZE, within: { kind: 'token', path: 'paging.next.after', parameter: 'after' } },
  mayBeMissing: true,
});

export const hubspotPull: PullPlan = {
  address: 'https://api.hubapi.com',
  auth: { kind: 'bearer' },
  requestsPerMinute: 240,
  streams: [
    search(
      'contacts',
      'email firstname lastname phone mobilephone hs_additional_emails lastmodifieddate createdate lifecyclestage hs_language country associatedcompanyid hubspot_owner_id hs_email_optout hs_merged_object_ids salesforcecontactid',
      'lastmodifieddate',
    ),
    search(
      'companies',
      'name domain hs_additional_domains industry type country createdate hubspot_owner_id hs_parent_company_id hs_merged_object_ids salesforceaccountid hs_lastmodifieddate',
    ),
    search(
      'tickets',
      'subject content createdate closed_date hs_pipeline hs_pipeline_stage hs_ticket_priority source_type hubspot_owner_id hs_merged_object_ids hs_lastmodifieddate',
    ),
    search(
      'emails',
      'hs_timestamp hs_email_direction hs_email_status hs_email_subject hs_email_text hs_email_html hs_email_from_email hs_email_to_email hs_email_thread_id hubspot_owner_id hs_lastmodifieddate',
    ),
    search(
      'calls',
      'hs_timestamp hs_call_direction hs_call_duration hs_call_from_number hs_call_to_number hs_call_status hs_call_title hs_call_body hs_call_recording_url hubspot_owner_id hs_lastmodifieddate',
    ),
    {
      name: 'threads',
      path: '/conversations/v3/conversations/threads',
      query: { sort: 'latestMessageTimestamp', limit: '100' },
      rows: 'results',
      cursor: {
        kind: 'time',
        at: 'row',
        path: 'latestMessageTimestamp',
        read: 'iso',
        parameter: 'latestMessageTimestampAfter',
        write: 'iso',
        overlapSeconds: 900,
        first: { latestMessageTimestampAfter: '2000-01-01T00:00:00Z' },
      },
      paging: { kind: 'token', path: 'paging.next.after', parameter: 'after' },
      mayBeMissing: true,
      details: [
        {
          path: '/conversations/v3/conversations/threads/{id}/messages',
          query: { limit: '100' },
          rows: 'results',
          paging: { kind: 'token', path: 'paging.next.after', parameter: 'after' },
        },
      ],
    },
  ],
};
