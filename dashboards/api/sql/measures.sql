-- One row per number the vendor computed for one conversation.
select
  measure.name,
  measure.value,
  measure.unit,
  agent.name as agent
from core.measure as measure
left join core.agent as agent on agent.id = measure.agent_id
where measure.interaction_id = $id
order by measure.name, agent.name
