-- One row per changed interaction: how many agents took part, who stands for it where the source names nobody, and the
-- queue it last waited in. Being assigned without a word or an answer is not taking part.
with part as (
  select
    utterance.interaction_id,
    utterance.agent_id,
    utterance.occurred_at
  from core.utterance
  join changed_fact
    on changed_fact.interaction_id = utterance.interaction_id
  where utterance.role = 'agent'
    and utterance.agent_id is not null
  union all
  select
    event.interaction_id,
    event.agent_id,
    event.occurred_at
  from core.event
  join changed_fact
    on changed_fact.interaction_id = event.interaction_id
  where event.kind in ('answered', 'transferred', 'wrapped_up')
    and event.agent_id is not null
),

ordered as (
  select
    interaction_id,
    agent_id,
    row_number() over (partition by interaction_id order by occurred_at desc nulls last, agent_id) as place
  from part
),

waited as (
  select
    event.interaction_id,
    event.queue_id,
    row_number() over (partition by event.interaction_id order by event.occurred_at desc, event.queue_id) as place
  from core.event
  join changed_fact
    on changed_fact.interaction_id = event.interaction_id
  where event.queue_id is not null
),

counted as (
  select
    interaction_id,
    count(distinct agent_id) as agent_count,
    min(case when place = 1 then agent_id end) as last_agent_id
  from ordered
  group by interaction_id
)

select
  interaction.id as interaction_id,
  coalesce(counted.agent_count, case when interaction.agent_id is null then 0 else 1 end) as agent_count,
  coalesce(interaction.agent_id, counted.last_agent_id) as agent_id,
  coalesce(interaction.queue_id, waited.queue_id) as queue_id
from changed_fact
join core.interaction
  on interaction.id = changed_fact.interaction_id
left join counted
  on counted.interaction_id = interaction.id
left join waited
  on waited.interaction_id = interaction.id
  and waited.place = 1
