import { groupBy } from '../../group-by.ts';

/** How one agent's contacts of one reason on one group of channels ended. */
export interface AgentCell {
  readonly agentId: string;
  readonly agent: string;
  readonly team: string | null;
  /** Null where the reason is not known. */
  readonly intent: string | null;
  readonly channelGroup: string;
  readonly contacts: number;
  /** Resolved, and nobody came back about the same matter. */
  readonly settled: number;
}

/** A share that is drawn towards what is expected as if `weight` contacts had ended as expected. */
interface Shrunk {
  /** Above (or below) what is expected, in shares of contacts. */
  readonly excess: number;
  readonly contacts: number;
  readonly weight: number;
}

interface Tally {
  readonly contacts: number;
  readonly settled: number;
  readonly expected: number;
}

/** What past contacts say of every agent; made once, asked for every contact that waits. */
export interface AgentSkills {
  readonly agents: readonly { readonly id: string; readonly name: string; readonly team: string | null }[];
  readonly settledShare: (intent: string | null, channelGroup: string) => number;
  readonly teams: ReadonlyMap<string, Shrunk>;
  readonly byAgent: ReadonlyMap<string, Shrunk>;
  readonly cells: ReadonlyMap<string, Tally>;
  readonly cellWeight: number;
}

export interface RankedAgent {
  readonly agentId: string;
  readonly agent: string;
  readonly team: string | null;
  /** The probability that the contact is settled for good by this agent. */
  readonly score: number;
  /** Nine times in ten it lies between these. */
  readonly low: number;
  readonly high: number;
  /** Contacts of this kind that it rests on. */
  readonly contacts: number;
  /** Contacts that this agent has open now. */
  readonly load: number;
  readonly why: readonly string[];
}

/** Contacts as expected that stand for a share before anything is known of it. */
const startWeight = 20;
/** What a further open contact costs in the order, in shares of settled contacts. */
const costOfLoad = 0.02;
const ninetyPercent = 1.645;

const cellKey = (agentId: string, intent: string | null, channelGroup: string): string =>
  JSON.stringify([agentId, intent, channelGroup]);

/**
 * Empirical Bayes: what an agent settles, over what is expected of the same reasons and channels, is drawn towards the
 * agent's own record over all reasons, that towards the team's, and that towards all. How strongly, the data says: the
 * more agents differ beyond chance, the less (method of moments). It knows of an agent nothing but counts of contacts.
 */
export function fitAgentSkills(cells: readonly AgentCell[]): AgentSkills {
  const settledShare = fitShares(cells);
  const tallies = cells.map((cell) => ({
    ...cell,
    expected: cell.contacts * settledShare(cell.intent, cell.channelGroup),
  }));
  const ofTeam = groupBy(tallies, ({ team }) => team ?? '');
  const ofAgent = groupBy(tallies, ({ agentId }) => agentId);
  const teams = shrinkAll(ofTeam, () => 0);
  const teamOf = (agentId: string): string => ofAgent.get(agentId)!.at(-1)!.team ?? '';
  const byAgent = shrinkAll(ofAgent, (agentId) => teams.get(teamOf(agentId))!.excess);
  const ofCell = groupBy(tallies, (cell) => cellKey(cell.agentId, cell.intent, cell.channelGroup));
  const sums = new Map([...ofCell].map(([key, own]) => [key, sumOf(own)]));
  return {
    agents: [...ofAgent.values()].map((own) => {
      const { agentId: id, agent: name, team } = own.at(-1)!;
      return { id, name, team };
    }),
    settledShare,
    teams,
    byAgent,
    cells: sums,
    cellWeight: weightOf([...ofCell.values()].map((own) => [sumOf(own), byAgent.get(own[0]!.agentId)!.excess])),
  };
}

/**
 * The agents for a contact of this reason on this group of channels, best first: by the share they are expected to settle,
 * less what their open contacts cost. `load` holds the open contacts by agent id.
 */
export function rankAgents(
  { intent, channelGroup }: { intent: string | null; channelGroup: string },
  skills: AgentSkills,
  { load, limit = 5 }: { load: ReadonlyMap<string, number>; limit?: number },
): RankedAgent[] {
  const base = skills.settledShare(intent, channelGroup);
  const ranked = skills.agents.map((agent) => rateAgent(agent, { intent, channelGroup, base }, skills, load));
  const worth = ({ score, load: open }: RankedAgent): number => score - costOfLoad * open;
  return ranked
    .sort((left, right) => worth(right) - worth(left) || (left.agentId < right.agentId ? -1 : 1))
    .slice(0, limit);
}

function rateAgent(
  { id, name, team }: AgentSkills['agents'][number],
  { intent, channelGroup, base }: { intent: string | null; channelGroup: string; base: number },
  skills: AgentSkills,
  load: ReadonlyMap<string, number>,
): RankedAgent {
  const general = skills.byAgent.get(id)!;
  const ofTeam = skills.teams.get(team ?? '')!;
  const cell = skills.cells.get(cellKey(id, intent, channelGroup)) ?? { contacts: 0, settled: 0, expected: 0 };
  const weight = skills.cellWeight;
  const excess = (cell.settled - cell.expected + weight * general.excess) / (cell.contacts + weight);
  const score = within(base + excess);
  const chance = score * (1 - score);
  const ofGeneral = passedOn(weight, cell.contacts) ** 2 / (general.contacts + general.weight);
  const passed = passedOn(weight, cell.contacts) * passedOn(general.weight, general.contacts);
  const variance =
    chance * (1 / (cell.contacts + weight) + ofGeneral + passed ** 2 / (ofTeam.contacts + ofTeam.weight));
  const spread = ninetyPercent * Math.sqrt(variance);
  const open = load.get(id) ?? 0;
  return {
    agentId: id,
    agent: name,
    team,
    score,
    low: Math.max(0, score - spread),
    high: Math.min(1, score + spread),
    contacts: cell.contacts,
    load: open,
    why: explain({ cell, base, general, open }),
  };
}

/** How much of what is above shows through: all of it where there are no own contacts. */
const passedOn = (weight: number, contacts: number): number => weight / (contacts + weight);
const within = (share: number): number => Math.min(0.99, Math.max(0.01, share));
const percent = (share: number): string => `${Math.round(share * 100)} %`;

function explain(known: { cell: Tally; base: number; general: Shrunk; open: number }): string[] {
  const { cell, base, general, open } = known;
  const points = Math.round(general.excess * 100);
  return [
    cell.contacts > 0
      ? `settled ${cell.settled} of ${cell.contacts} such contacts; all agents ${percent(base)}`
      : `no such contacts yet; all agents settle ${percent(base)}`,
    ...(general.contacts > cell.contacts && points !== 0
      ? [`${Math.abs(points)} points ${points > 0 ? 'more' : 'less'} than expected over ${general.contacts} contacts`]
      : []),
    ...(open > 0 ? [`${open} open now`] : []),
  ];
}

/** The share settled for each reason and group of channels, drawn towards the reason's share and that towards all. */
function fitShares(cells: readonly AgentCell[]): AgentSkills['settledShare'] {
  const draw = (own: readonly AgentCell[] | undefined, towards: number): number => {
    const { contacts, settled } = sumOf((own ?? []).map((cell) => ({ ...cell, expected: 0 })));
    return (settled + startWeight * towards) / (contacts + startWeight);
  };
  const all = draw(cells, 0.5);
  const byIntent = groupBy(cells, ({ intent }) => intent);
  const byBoth = groupBy(cells, ({ intent, channelGroup }) => cellKey('', intent, channelGroup));
  const shares = new Map([...byBoth].map(([key, own]) => [key, draw(own, draw(byIntent.get(own[0]!.intent), all))]));
  return (intent, channelGroup) => shares.get(cellKey('', intent, channelGroup)) ?? draw(byIntent.get(intent), all);
}

function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { contacts, settled, expected }) => ({
      contacts: sum.contacts + contacts,
      settled: sum.settled + settled,
      expected: sum.expected + expected,
    }),
    { contacts: 0, settled: 0, expected: 0 },
  );
}

function shrinkAll<K>(groups: ReadonlyMap<K, readonly Tally[]>, above: (key: K) => number): Map<K, Shrunk> {
  const sums = [...groups].map(([key, own]) => ({ key, sum: sumOf(own), towards: above(key) }));
  const weight = weightOf(sums.map(({ sum, towards }) => [sum, towards]));
  return new Map(
    sums.map(({ key, sum, towards }) => {
      const excess = (sum.settled - sum.expected + weight * towards) / (sum.contacts + weight);
      return [key, { excess, contacts: sum.contacts, weight }];
    }),
  );
}

const [leastWeight, mostWeight] = [2, 500];

/** How many contacts the level above stands for: chance variance of one contact over the variance beyond chance. */
function weightOf(groups: readonly (readonly [Tally, number])[]): number {
  let [beyond, squares, chance, contacts] = [0, 0, 0, 0];
  for (const [{ contacts: count, settled, expected }, towards] of groups) {
    const share = within(expected / Math.max(count, 1) + towards);
    const noise = count * share * (1 - share);
    beyond += (settled - expected - count * towards) ** 2 - noise;
    squares += count ** 2;
    chance += noise;
    contacts += count;
  }
  const variance = beyond / Math.max(squares, 1);
  if (variance <= 0 || contacts === 0) return mostWeight;
  return Math.min(mostWeight, Math.max(leastWeight, chance / contacts / variance));
}
