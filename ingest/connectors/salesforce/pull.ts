import type { PullPlan, PullStream } from '../../pull/pull-plan.ts';

/** Records in the order of change. `queryAll` also gives those that were deleted. */
function query(object: string, fields: string, mayBeMissing = false): PullStream {
  const select = `select ${['Id', 'IsDeleted', 'CreatedDate', 'SystemModstamp', ...fields.split(' ')].join(', ')} from ${object}`;
  return {
    name: object,
    path: '/services/data/v62.0/queryAll',
    rows: 'records',
    cursor: {
      kind: 'time',
      at: 'row',
      path: 'SystemModstamp',
      read: 'iso',
      parameter: 'q',
      template: `${select} where SystemModstamp >= {from} order by SystemModstamp`,
      write: 'iso',
      // A record that takes long to be saved shows behind those that were saved meanwhile.
      overlapSeconds: 600,
      first: { q: `${select} order by SystemModstamp` },
    },
    paging: { kind: 'next-url', path: 'nextRecordsUrl' },
    endMarker: 'done',
    mayBeMissing,
  };
}

export const salesforcePull: PullPlan = {
  address: 'https://<company>.my.salesforce.com',
  auth: { kind: 'oauth', grant: 'client_credentials', tokenUrl: '/services/oauth2/token', client: 'body' },
  requestsPerMinute: 60,
  streams: [
    query(
      'Account',
      'Name Website Type Industry AccountNumber ParentId OwnerId Owner.Name BillingCountry MasterRecordId',
    ),
    query(
      'Contact',
      'Name Email Phone MobilePhone AccountId MailingCountry HasOptedOutOfEmail OwnerId Owner.Name MasterRecordId',
    ),
    query('AccountContactRelation', 'AccountId ContactId Roles IsDirect IsActive StartDate EndDate', true),
    query(
      'Lead',
      'Name Email Phone MobilePhone Status Country HasOptedOutOfEmail OwnerId Owner.Name ConvertedContactId',
      true,
    ),
    query(
      'Case',
      'CaseNumber Subject Description Status Priority Origin IsClosed ClosedDate OwnerId Owner.Name ContactId Contact.Name Contact.Email Contact.Phone Contact.MobilePhone SuppliedName SuppliedEmail SuppliedPhone MasterRecordId',
    ),
    query('CaseComment', 'ParentId CommentBody IsPublished CreatedById CreatedBy.Name CreatedBy.UserType'),
    query(
      'EmailMessage',
      'ParentId Subject TextBody HtmlBody Incoming Status MessageDate FromAddress FromName ToAddress Headers IsBounced ThreadIdentifier ReplyToEmailMessageId CreatedById',
    ),
    query(
      'LiveChatTranscript',
      'Body Status RequestTime StartTime EndTime OwnerId Owner.Name ContactId Contact.Name Contact.Email Contact.Phone CaseId LiveChatVisitorId OperatorMessageCount VisitorMessageCount',
      true,
    ),
    query(
      'MessagingSession',
      'ChannelType Origin Status StartTime AcceptTime EndTime OwnerId Owner.Name EndUserContactId CaseId MessagingEndUserId',
      true,
    ),
  ],
};
