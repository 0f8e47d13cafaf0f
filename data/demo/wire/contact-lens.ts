import { addSeconds } from '../calendar.ts';
import type { Agent, Team } from '../company.ts';
import type { Contact } from '../contact.ts';
import { byWeek, isoSeconds, lines, type Conversation, type Scene } from '../conversation-list.ts';
import type { DemoFile } from '../demo-file.ts';
import { connectContactId } from '../ids.ts';
import { Random } from '../random.ts';
import type { Turn } from '../writer.ts';

const account = '990000000042';
const instance = `arn:aws:connect:us-east-1:${account}:instance/5c1d0a52-0000-4000-8000-000000000042`;
const arn = (kind: string, name: string): string => `${instance}/${kind}/${new Random(`${kind}/${name}`).uuid()}`;

interface Leg {
  readonly contact: Contact;
  readonly number: number;
  readonly agent: Agent;
  readonly startedAt: Date;
  readonly answeredAt: Date;
  readonly endedAt: Date;
  readonly waitSeconds: number;
  readonly holdSeconds: number;
  readonly team: Team;
  readonly turns: readonly SpokenTurn[];
  readonly isLast: boolean;
}

interface SpokenTurn extends Turn {
  readonly begin: number;
  readonly end: number;
}

/** Amazon Connect: a contact record for each leg of a call and the Contact Lens analysis with its transcript. */
export function contactLensFiles(calls: readonly Conversation[], scene: Scene): DemoFile[] {
  return byWeek(calls, ({ contact }) => contact.at, scene).flatMap(([week, own]) => {
    const legs = own.flatMap((call) => (call.contact.outcome === 'abandoned' ? [] : legsOf(call)));
    const given = own.filter(({ contact }) => contact.outcome === 'abandoned').map(({ contact }) => abandoned(contact));
    const records = [...legs.map((leg) => record(leg)), ...given];
    return [
      { source: 'contact-lens', name: `ctr-${week}.ndjson`, format: 'ndjson', body: lines(records) },
      {
        source: 'contact-lens',
        name: `analysis-${week}.ndjson`,
        format: 'ndjson',
        body: lines(legs.map(analysis)),
      },
    ];
  });
}

/** A call that is passed on is two contacts in Amazon Connect. */
function legsOf({ contact, turns, random }: Conversation): Leg[] {
  const change = contact.transferTo ? turns.findIndex(({ agent }) => agent === contact.transferTo) : -1;
  const parts = change > 0 ? [turns.slice(0, change), turns.slice(change)] : [turns];
  let startedAt = contact.at;
  return parts.map((part, index) => {
    const waitSeconds = index === 0 ? contact.waitSeconds : Math.round(random.around(45, 0.7));
    const answeredAt = addSeconds(startedAt, 12 + waitSeconds);
    const { spoken, holdSeconds, seconds } = speak(part, random, index > 0);
    const endedAt = addSeconds(answeredAt, seconds);
    const leg: Leg = {
      contact,
      number: index + 1,
      agent: index === 0 ? contact.agent : contact.transferTo!,
      startedAt,
      answeredAt,
      endedAt,
      waitSeconds,
      holdSeconds,
      team: index === 0 && contact.transferTo ? contact.agent.team : contact.team,
      turns: spoken,
      isLast: index === parts.length - 1,
    };
    startedAt = endedAt;
    return leg;
  });
}

/** Lays the turns out in time: about 2.6 words a second, short gaps, longer ones for searching and hold. */
function speak(turns: readonly Turn[], random: Random, isHandedOver: boolean) {
  let clock = random.integer(400, 1800);
  let holdMillis = 0;
  const spoken = turns.map((turn, index) => {
    if (turn.pause === 'hold' && !(isHandedOver && index === 0)) {
      const hold = Math.round(random.around(65_000, 0.5));
      holdMillis += hold;
      clock += hold;
    } else clock += Math.round(turn.pause === 'lookup' ? random.around(9000, 0.7) : random.between(150, 1900));
    const begin = clock;
    clock += Math.round((turn.text.split(/\s+/).length / random.between(2.2, 3)) * 1000) + 350;
    return { ...turn, begin, end: clock };
  });
  return {
    spoken,
    holdSeconds: Math.round(holdMillis / 1000),
    seconds: Math.ceil(clock / 1000) + random.integer(1, 4),
  };
}

function record(leg: Leg): object {
  const { contact, agent, answeredAt, endedAt, holdSeconds } = leg;
  const random = new Random(`acw/${contact.key}/${leg.number}`);
  const acw = Math.round(random.around(contact.outcome === 'resolved' ? 38 : 62, 0.5));
  const talkSeconds = Math.round((endedAt.getTime() - answeredAt.getTime()) / 1000) - holdSeconds;
  return {
    ...common(leg.contact, leg.number, leg.startedAt, endedAt, leg.number > 1),
    Agent: {
      ARN: arn('agent', agent.username),
      AfterContactWorkDuration: acw,
      AfterContactWorkEndTimestamp: isoSeconds(addSeconds(endedAt, acw)),
      AfterContactWorkStartTimestamp: isoSeconds(endedAt),
      AgentInteractionDuration: talkSeconds,
      ConnectedToAgentTimestamp: isoSeconds(answeredAt),
      CustomerHoldDuration: holdSeconds,
      HierarchyGroups: { Level1: { ARN: arn('agent-group', agent.team), GroupName: agent.team } },
      LongestHoldDuration: holdSeconds,
      NumberOfHolds: holdSeconds > 0 ? 1 : 0,
      RoutingProfile: { ARN: arn('routing-profile', agent.team), Name: agent.team },
      Username: agent.username,
    },
    AgentConnectionAttempts: 1,
    DisconnectReason: leg.isLast
      ? random.chance(0.7)
        ? 'CUSTOMER_DISCONNECT'
        : 'AGENT_DISCONNECT'
      : 'CONTACT_FLOW_DISCONNECT',
    LastUpdateTimestamp: isoSeconds(addSeconds(endedAt, acw + 70)),
    NextContactId: leg.isLast ? null : connectContactId(contact, leg.number + 1),
    Queue: queue(leg.team, leg.startedAt, leg.waitSeconds),
    Recording: { DeletionReason: null, Location: recordingOf(leg), Status: 'AVAILABLE', Type: 'AUDIO' },
    TransferCompletedTimestamp: leg.isLast ? null : isoSeconds(endedAt),
    TransferredToEndpoint: null,
  };
}

function abandoned(contact: Contact): object {
  const waited = Math.max(6, Math.round(contact.waitSeconds * 0.8));
  const endedAt = addSeconds(contact.at, 12 + waited);
  return {
    ...common(contact, 1, contact.at, endedAt, false),
    Agent: null,
    AgentConnectionAttempts: 0,
    DisconnectReason: 'CUSTOMER_DISCONNECT',
    LastUpdateTimestamp: isoSeconds(addSeconds(endedAt, 60)),
    NextContactId: null,
    Queue: queue(contact.team, contact.at, waited),
    Recording: null,
    TransferCompletedTimestamp: null,
    TransferredToEndpoint: null,
  };
}

const common = (contact: Contact, number: number, startedAt: Date, endedAt: Date, isTransfer: boolean): object => ({
  AWSAccountId: account,
  AWSContactTraceRecordFormatVersion: '2017-03-10',
  AnsweringMachineDetectionStatus: null,
  Attributes: { greetingPlayed: 'true' },
  Campaign: { CampaignId: null },
  Channel: 'VOICE',
  ConnectedToSystemTimestamp: isoSeconds(startedAt),
  ContactDetails: {},
  ContactId: connectContactId(contact, number),
  CustomerEndpoint: { Address: contact.customer.phone, Type: 'TELEPHONE_NUMBER' },
  DisconnectTimestamp: isoSeconds(endedAt),
  InitialContactId: isTransfer ? connectContactId(contact, 1) : null,
  InitiationMethod: isTransfer ? 'TRANSFER' : 'INBOUND',
  InitiationTimestamp: isoSeconds(startedAt),
  InstanceARN: instance,
  PreviousContactId: isTransfer ? connectContactId(contact, number - 1) : null,
  References: [],
  ScheduledTimestamp: null,
  SystemEndpoint: { Address: '+18005550199', Type: 'TELEPHONE_NUMBER' },
});

const queue = (team: Team, startedAt: Date, seconds: number): object => ({
  ARN: arn('queue', team),
  DequeueTimestamp: isoSeconds(addSeconds(startedAt, 12 + seconds)),
  Duration: seconds,
  EnqueueTimestamp: isoSeconds(addSeconds(startedAt, 12)),
  Name: team,
});

function recordingOf({ contact, number, answeredAt }: Leg): string {
  const [day = '', clock = ''] = isoSeconds(answeredAt).replace('Z', '').split('T');
  return `bramwick-connect/CallRecordings/${day.replaceAll('-', '/')}/${connectContactId(contact, number)}_${day.replaceAll('-', '')}T${clock}_UTC.wav`;
}

const participants = [
  { ParticipantId: 'CUSTOMER', ParticipantRole: 'CUSTOMER' },
  { ParticipantId: 'AGENT', ParticipantRole: 'AGENT' },
];

function analysis(leg: Leg): object {
  const talk = (role: Turn['role']) =>
    leg.turns.filter((turn) => turn.role === role).reduce((sum, { begin, end }) => sum + end - begin, 0);
  const total = leg.turns.at(-1)!.end;
  const [agentMillis, customerMillis] = [talk('agent'), talk('customer')];
  return {
    Version: 'VOICE-2022-11-30',
    AccountId: account,
    Channel: 'VOICE',
    ContentMetadata: { Output: 'Raw' },
    JobStatus: 'COMPLETED',
    LanguageCode: 'en-US',
    Participants: participants,
    CustomerMetadata: {
      ContactId: connectContactId(leg.contact, leg.number),
      InstanceId: instance.split('/').at(-1),
      InputS3Uri: `s3://${recordingOf(leg)}`,
    },
    Categories: { MatchedCategories: [], MatchedDetails: {} },
    ConversationCharacteristics: {
      TotalConversationDurationMillis: total,
      Interruptions: { InterruptionsByInterrupter: {}, TotalCount: 0, TotalTimeMillis: 0 },
      NonTalkTime: { TotalTimeMillis: total - agentMillis - customerMillis, Instances: [] },
      TalkTime: {
        TotalTimeMillis: agentMillis + customerMillis,
        DetailsByParticipant: {
          AGENT: { TotalTimeMillis: agentMillis },
          CUSTOMER: { TotalTimeMillis: customerMillis },
        },
      },
    },
    CustomModels: [],
    Transcript: leg.turns.map(({ role, text, begin, end }, index) => ({
      BeginOffsetMillis: begin,
      Content: text,
      EndOffsetMillis: end,
      Id: new Random(`turn/${leg.contact.key}/${leg.number}/${index}`).uuid(),
      ParticipantId: role === 'customer' ? 'CUSTOMER' : 'AGENT',
    })),
  };
}
