-- One row per contact of one customer, one episode or one interaction, the newest first; {subject} is the column that says
-- which of the three `$id` names.
select
  interaction_id,
  episode_id,
  channel,
  started_at,
  ended_at,
  is_resolved,
  outcome,
  language,
  utterance_count,
  count(*) over () as count_contacts
from mart.interaction_fact
where {subject} = $id
order by started_at desc, interaction_id
limit $limit
