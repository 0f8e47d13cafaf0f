import { fitAgentSkills, rankAgents, type AgentCell } from '../../../models/routing/agent-ranking.ts';
import { createRandom } from '../../../models/random.ts';

const [agentCount, teamCount, waitingAtOnce] = [20, 4, 8];
const intents = ['refund.request', 'delivery.late', 'technical.not_working', 'billing.invoice_copy', 'account.locked'];
const channelGroups = ['voice', 'messaging'];
/** The record is counted anew after so many rounds, as after a pass. */
const roundsPerFit = 5;

interface Agent {
  readonly id: string;
  readonly team: string;
}
interface Contact {
  readonly intent: string;
  readonly channelGroup: string;
}

/**
 * Plants skills (team, agent, and agent × reason × channel, in log odds) and routes contacts that come eight at a time to
 * twenty agents with one contact each. Gives, for each stretch of `every` contacts, the share of the possible gain over
 * chance (that of one who knows the skills) which the ranking wins in it.
 */
export function simulateRouting({
  contacts,
  every,
  seed,
}: {
  contacts: number;
  every: number;
  seed: number;
}): number[] {
  const random = createRandom(seed * 7919);
  const { agents, chance } = plantSkills(random);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const cells = new Map<string, AgentCell>();
  let skills = fitAgentSkills([]);
  const shares: number[] = [];
  let sums = { best: 0, ours: 0, chance: 0 };
  for (let round = 0; round * waitingAtOnce < contacts; round++) {
    if (round % roundsPerFit === 0) skills = fitAgentSkills([...cells.values()]);
    const waiting = Array.from({ length: waitingAtOnce }, () => ({
      intent: pick(intents),
      channelGroup: pick(channelGroups),
    }));
    const free = { best: new Set(agents.keys()), ours: new Set(agents.keys()), chance: new Set(agents.keys()) };
    for (const contact of waiting) {
      const ranked = rankAgents(contact, skills, { load: new Map(), limit: agentCount });
      const places = ranked.map(({ agentId }) => Number(agentId.slice(6)));
      const unseen = [...free.ours].filter((agent) => !places.includes(agent));
      const chosen = {
        ours: unseen.length > 0 ? pick(unseen) : places.find((agent) => free.ours.has(agent))!,
        best: [...free.best].reduce((most, agent) => (chance(agent, contact) > chance(most, contact) ? agent : most)),
        chance: pick([...free.chance]),
      };
      for (const policy of ['best', 'ours', 'chance'] as const) {
        free[policy].delete(chosen[policy]);
        sums[policy] += chance(chosen[policy], contact);
      }
      const agent = agents[chosen.ours]!;
      const key = `${agent.id} ${contact.intent} ${contact.channelGroup}`;
      const cell = cells.get(key) ?? {
        agentId: agent.id,
        agent: agent.id,
        team: agent.team,
        ...contact,
        contacts: 0,
        settled: 0,
      };
      const isSettled = random() < chance(chosen.ours, contact);
      cells.set(key, { ...cell, contacts: cell.contacts + 1, settled: cell.settled + (isSettled ? 1 : 0) });
    }
    if (((round + 1) * waitingAtOnce) % every === 0) {
      shares.push((sums.ours - sums.chance) / (sums.best - sums.chance));
      sums = { best: 0, ours: 0, chance: 0 };
    }
  }
  return shares;
}

/** Who works there, and the true probability that an agent settles a contact. */
function plantSkills(random: () => number) {
  for (let warm = 0; warm < 10; warm++) random();
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const agents: Agent[] = Array.from({ length: agentCount }, (_, index) => ({
    id: `agent-${index}`,
    team: `team-${index % teamCount}`,
  }));
  const teams = Array.from({ length: teamCount }, () => 0.3 * normal());
  const general = agents.map(() => 0.5 * normal());
  const special = new Map<string, number>();
  for (const agent of agents)
    for (const intent of intents)
      for (const group of channelGroups) special.set(`${agent.id} ${intent} ${group}`, 0.6 * normal());
  const base = new Map(intents.map((intent) => [intent, 0.4 + 0.6 * normal()]));
  const chance = (agent: number, { intent, channelGroup }: Contact): number => {
    const own = special.get(`${agents[agent]!.id} ${intent} ${channelGroup}`)!;
    return 1 / (1 + Math.exp(-(base.get(intent)! + teams[agent % teamCount]! + general[agent]! + own)));
  };
  return { agents, chance };
}
