-- One row per interaction that has read utterances and whose own signal is older than they or than the interaction,
-- newest interactions first.
with read_at as (
  select
    utterance.interaction_id,
    max(utterance.revision) as revision
  from signal.utterance
  group by utterance.interaction_id
)
select
  interaction.id as interaction_id
from core.interaction
join read_at
  on read_at.interaction_id = interaction.id
left join signal.interaction as done
  on done.interaction_id = interaction.id
  and done.model = $model
where greatest(interaction.revision, read_at.revision) > coalesce(done.revision, 0)
order by interaction.started_at desc, interaction.id
limit $limit
