-- One row per interaction of which the wide row has to be made anew: it changed, or what the models say of it did, or the
-- name of its agent or queue.
select interaction.id as interaction_id
from core.interaction
where interaction.revision > $done
union
select interaction.interaction_id
from signal.interaction
where interaction.revision > $done
union
select interaction.id
from core.interaction
join core.agent
  on agent.id = interaction.agent_id
where agent.revision > $done
union
select interaction.id
from core.interaction
join core.queue
  on queue.id = interaction.queue_id
where queue.revision > $done
union
-- What the models said was taken back.
select cast(interaction_fact.interaction_id as uuid)
from mart.interaction_fact
where interaction_fact.is_scored
  and cast(interaction_fact.interaction_id as uuid) not in (select interaction.interaction_id from signal.interaction)
