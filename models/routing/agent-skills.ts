import type { Store } from '../../data/store.ts';
import { readProgress } from '../../step.ts';
import { fitAgentSkills, type AgentCell, type AgentSkills } from './agent-ranking.ts';
import { modelSql } from '../sql.ts';

export interface AgentState {
  readonly skills: AgentSkills;
  readonly load: ReadonlyMap<string, number>;
}

interface CellRow {
  readonly agent_id: string;
  readonly agent: string;
  readonly team: string | null;
  readonly intent: string | null;
  readonly channel_group: string;
  readonly contacts: number;
  readonly settled: number;
}

const known = new WeakMap<Store, { revision: number; state: Promise<AgentState> }>();

/** What the marts say of the agents now; counted anew only after they changed. */
export async function readAgents(store: Store): Promise<AgentState> {
  const revision = await readProgress(store, 'marts');
  const last = known.get(store);
  if (last?.revision === revision) return last.state;
  const state = countAgents(store);
  known.set(store, { revision, state });
  state.catch(() => known.delete(store));
  return state;
}

async function countAgents(store: Store): Promise<AgentState> {
  const [cells, loads] = await Promise.all([
    store.all<CellRow>(modelSql('agent-cells')),
    store.all<{ agent_id: string; open_contacts: number }>(modelSql('agent-load')),
  ]);
  return {
    skills: fitAgentSkills(cells.map(fromRow)),
    load: new Map(loads.map(({ agent_id: id, open_contacts: open }) => [id, open])),
  };
}

const fromRow = ({ agent_id: agentId, channel_group: channelGroup, ...row }: CellRow): AgentCell => ({
  ...row,
  agentId,
  channelGroup,
  agent: row.agent ?? agentId,
});
