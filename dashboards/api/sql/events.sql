-- One row per change of state of one conversation, in order.
select
  event.id,
  event.kind,
  event.occurred_at,
  event.utterance_id,
  agent.name as agent,
  queue.name as queue,
  event.value,
  event.source
from core.event as event
left join core.agent as agent on agent.id = event.agent_id
left join core.queue as queue on queue.id = event.queue_id
where event.interaction_id = $id
order by event.occurred_at, event.id
