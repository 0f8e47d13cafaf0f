-- One row per contact of one customer, one episode or one interaction, the newest first; `model` is null where no model has
-- read it yet, and `summary_parts` where nothing was picked. `$subject` says which of the three `$id` names.
select
  fact.interaction_id,
  fact.customer_id,
  fact.episode_id,
  fact.channel,
  fact.started_at,
  fact.ended_at,
  fact.is_resolved,
  fact.outcome,
  fact.language,
  fact.utterance_count,
  signal.model,
  signal.revision,
  signal.summary_parts,
  count(*) over () as count_contacts
from mart.interaction_fact as fact
left join signal.interaction as signal
  on signal.interaction_id = cast(fact.interaction_id as uuid)
where case $subject
    when 'customer' then fact.customer_id
    when 'episode' then fact.episode_id
    else fact.interaction_id
  end = $id
order by fact.started_at desc, fact.interaction_id
limit $limit
