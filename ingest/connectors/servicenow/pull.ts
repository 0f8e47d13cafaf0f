import type { PullPlan, PullStream } from '../../pull/pull-plan.ts';

const SIZE = 500;
const task =
  'sys_id,number,sys_class_name,state,priority,contact_type,short_description,description,opened_at,resolved_at,closed_at,sys_created_on,sys_updated_on,assigned_to,assignment_group,opened_by,business_stc,calendar_stc,reassignment_count,reopen_count';

const person =
  'sys_id,sys_class_name,user_name,name,email,phone,mobile_phone,active,preferred_language,country,sys_created_on,sys_updated_on';
const company = 'sys_id,sys_class_name,number,name,website,industry,country,sys_created_on,sys_updated_on';

/** Rows of the same second have an order too, or pages within it would lose some. */
const inOrder = (changed: string) => `ORDERBY${changed}^ORDERBYsys_id`;

/** A table in the order of change. Times are those of the account that asks, which has to be set to GMT. */
const table = (name: string, fields: string, { changed = 'sys_updated_on', condition = '' } = {}): PullStream => ({
  name,
  path: `/api/now/table/${name}`,
  query: { sysparm_limit: String(SIZE), sysparm_fields: fields, sysparm_exclude_reference_link: 'true' },
  rows: 'result',
  cursor: {
    kind: 'time',
    at: 'row',
    path: changed,
    read: 'plain',
    parameter: 'sysparm_query',
    template: `${condition}${changed}>={from}^${inOrder(changed)}`,
    write: 'plain',
    overlapSeconds: 600,
    first: { sysparm_query: `${condition}${inOrder(changed)}` },
  },
  paging: { kind: 'newest', size: SIZE, within: { kind: 'offset', parameter: 'sysparm_offset', size: SIZE } },
  mayBeMissing: true,
});

export const servicenowPull: PullPlan = {
  address: 'https://<instance>.service-now.com',
  auth: { kind: 'basic', secretForm: 'user:password' },
  requestsPerMinute: 60,
  streams: [
    table('customer_account', `${company},account_parent`),
    table('customer_contact', `${person},account`),
    table('sys_user', `${person},company`),
    table('incident', `${task},caller_id,caller_id.name,caller_id.email,caller_id.phone`),
    table('sn_customerservice_case', `${task},contact,consumer`),
    table('sys_journal_field', 'sys_id,element,element_id,name,value,sys_created_on,sys_created_by', {
      changed: 'sys_created_on',
      condition: 'nameINincident,sn_customerservice_case^elementINcomments,work_notes^',
    }),
  ],
};
