-- One row per session of a conversation that is cut: from when it takes what happens, and up to when.
select
  root_id,
  interaction_id,
  -- The first session takes everything before it as well.
  case
    when row_number() over (partition by root_id order by occurred_at, id) = 1 then timestamp '0001-01-01'
    else occurred_at
  end as begins_at,
  coalesce(
    lead(occurred_at) over (partition by root_id order by occurred_at, id),
    timestamp '9999-01-01'
  ) as ends_at
from session_utterance
where is_first
