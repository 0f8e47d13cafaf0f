import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import {
  defineConnector,
  drop,
  ok,
  reject,
  type Outcome,
  type SplitContext,
  type Unit,
  type UnitKind,
} from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { recordsIn } from '../../formats/helpdesk.ts';
import { isLoose, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { isPortalUser, mapCase, mapComment, mapEmail, mapPost, mapPostComment } from './case.ts';
import { changeIn, mapCaseChange, mapGone, mapSessionChange, recordsOfChange } from './change-event.ts';
import { mapSession } from './chat.ts';
import { mapEntry } from './entry.ts';
import { recordOfRow } from './export.ts';
import { mapChatEvent, mapHistory } from './history.ts';
import { idOf, versionOf } from './parts.ts';
import { mapAccount, mapContact, mapEndUser, mapRelation } from './people.ts';
import { salesforcePull } from './pull.ts';
import { mapCall } from './voice.ts';

type Mapper = (record: Loose, context: SplitContext) => Outcome;

/** What becomes of a record of each object; others are kept as unknown. */
const OBJECTS = tableOf<{ kind: UnitKind; map: Mapper }>({
  Case: { kind: 'thread', map: mapCase },
  CaseComment: { kind: 'message', map: mapComment },
  EmailMessage: { kind: 'message', map: mapEmail },
  FeedItem: { kind: 'message', map: mapPost },
  CaseFeed: { kind: 'message', map: mapPost },
  FeedComment: { kind: 'message', map: mapPostComment },
  LiveChatTranscript: { kind: 'thread', map: mapSession },
  MessagingSession: { kind: 'thread', map: mapSession },
  ConversationEntry: { kind: 'message', map: mapEntry },
  VoiceCall: { kind: 'call', map: mapCall },
  Contact: { kind: 'profile', map: mapContact },
  User: { kind: 'profile', map: mapStaff },
  Group: { kind: 'profile', map: mapStaff },
  Lead: { kind: 'profile', map: mapContact },
  MessagingEndUser: { kind: 'profile', map: mapEndUser },
  CaseHistory: { kind: 'event', map: mapHistory },
  LiveChatTranscriptEvent: { kind: 'event', map: mapChatEvent },
  Account: { kind: 'profile', map: mapAccount },
  AccountContactRelation: { kind: 'profile', map: mapRelation },
});
/** Those of which a change alone says something. */
const CHANGES = tableOf<Mapper>({
  Case: mapCaseChange,
  LiveChatTranscript: mapSessionChange,
  MessagingSession: mapSessionChange,
});
/** Sales, files, articles, routing and settings: nothing that anybody said. */
const BESIDE =
  /^(AgentWork|PendingServiceRouting|UserServicePresence|Case(Share|TeamMember|Milestone|Solution)|Entitlement|Email(MessageRelation|Template)|LiveAgentSession|LiveChat(Visitor|Button|Deployment)|MessagingChannel|Opportunity\w*|Task|Event|Campaign\w*|Product2|Pricebook\w*|Order|OrderItem|Contract|Asset|Quote\w*|Attachment|Content(Document|Version)\w*|RecordType|Profile|UserRole|Organization|AggregateResult|Solution|\w+__kav)$/;
const CAN_BE_DELETED = new Set([
  'Case',
  'CaseComment',
  'EmailMessage',
  'FeedItem',
  'CaseFeed',
  'FeedComment',
  'LiveChatTranscript',
  'MessagingSession',
]);

function* split(document: unknown): Generator<Unit<Loose>> {
  // Several answers in one.
  const { compositeResponse, results } = objectOf(document);
  const several = [...objectsOf(compositeResponse), ...objectsOf(results)].map(({ body, result }) => body ?? result);
  const answers = several.filter(isLoose);
  if (Array.isArray(compositeResponse) || answers.length > 0) return yield* answers.flatMap((each) => [...split(each)]);
  // Entries of the Connect API do not say what they are.
  const isEntries = isLoose(document) && Array.isArray(document.conversationEntries);
  for (const item of recordsOfChange(document) ?? recordsIn(document, 'records', 'conversationEntries')) {
    const given = objectOf(item);
    const native = given.attributes === undefined && !isEntries ? (recordOfRow(given) ?? given) : given;
    const nativeKind = isEntries ? 'ConversationEntry' : textOf(objectOf(native.attributes).type);
    if (!nativeKind) throw new SourceError('invalid document; expected records of a query, each with attributes.type');
    if (/^GAP_(?!DELETE)/.test(changeIn(native))) {
      yield { kind: 'ignored', nativeKind: `${nativeKind}.gap`, native };
      continue;
    }
    const isDeleted = native.IsDeleted === true && !textOf(native.MasterRecordId) && CAN_BE_DELETED.has(nativeKind);
    const other = BESIDE.test(nativeKind) ? 'ignored' : 'unknown';
    yield { kind: isDeleted ? 'delete' : (OBJECTS[nativeKind]?.kind ?? other), nativeKind, native };
    yield* splitRelated(native);
  }
}

/** A query can ask for related records too (`select Id, (select CommentBody from CaseComments) from Case`). */
function* splitRelated(parent: Loose): Generator<Unit<Loose>> {
  for (const list of Object.values(parent))
    if (isLoose(list) && Array.isArray(list.records))
      yield* split(list.records.map((record) => ({ ParentId: parent.Id, ...objectOf(record) })));
}

function mapStaff(record: Loose, context: SplitContext): Outcome {
  const nativeId = idOf(record.Id);
  if (!nativeId) return reject('the user or group has no Id');
  if (isPortalUser(record.UserType)) return drop('a user of a portal is a customer, known by the contact');
  const facts = new FactList(context, versionOf(record));
  const name = textOf(record.Name);
  if (nativeId.startsWith('00G')) facts.queue({ nativeId, name });
  else facts.agent({ nativeId, name });
  return ok(facts.facts);
}

export const salesforce = defineConnector<Loose, Record<string, never>>({
  name: 'salesforce',
  title: 'Salesforce Service Cloud',
  version: 1,
  channels: [
    'ticket',
    'email',
    'form',
    'voice',
    'chat',
    'sms',
    'whatsapp',
    'messenger',
    'line',
    'apple_messages',
    'social',
  ],
  docs: [
    'https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_case.htm',
  ],
  formats: ['json', 'ndjson', 'csv'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  pull: salesforcePull,
  threadKey: 'Id of the Case; chats and messaging sessions have their own and are linked to their case',
  echoRule: 'EmailMessage.Incoming is false; comments are of users who are not of a portal',
  split,
  map: ({ kind, nativeKind, native }, context) =>
    kind === 'delete' && native.CreatedDate === undefined && OBJECTS[nativeKind]!.kind === 'thread'
      ? mapGone(native, context)
      : changeIn(native) === 'UPDATE' && !textOf(native.CreatedDate) && CHANGES[nativeKind]
        ? CHANGES[nativeKind]!(native, context)
        : OBJECTS[nativeKind]!.map(native, context),
});
