-- One row per agent who spoke in one conversation or had it in hand.
select distinct
  agent.id,
  agent.native_id,
  agent.name
from core.interaction as interaction
join core.thread_root on thread_root.root_id = interaction.root_id
join core.thread on thread.id = thread_root.thread_id
left join core.utterance
  on utterance.interaction_id = interaction.id
  and utterance.agent_id is not null
join core.agent as agent
  on agent.id = utterance.agent_id
  or agent.id = thread.agent_id
  or agent.id = interaction.agent_id
where interaction.id = $id
order by agent.name, agent.id
