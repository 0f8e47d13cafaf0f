-- One row per utterance of a conversation that has no sessions of its own: the session it falls in. A session ends with
-- a silence longer than the gap; its id is derived from the root thread and its first utterance.
-- An utterance without a time counts as said with the first one that has one.
with timed as (
  select
    utterance.id,
    member_thread.root_id,
    member_thread.session_gap_hours * 3600 as gap_seconds,
    coalesce(
      utterance.occurred_at,
      min(utterance.occurred_at) over (partition by member_thread.root_id),
      timestamp '1970-01-01'
    ) as occurred_at
  from member_thread
  join core.utterance
    on utterance.thread_id = member_thread.thread_id
  where member_thread.session_gap_hours is not null
),

marked as (
  select
    timed.*,
    coalesce(
      epoch(occurred_at) - epoch(lag(occurred_at) over (partition by root_id order by occurred_at, id)) > gap_seconds,
      true
    ) as is_first
  from timed
),

numbered as (
  select
    marked.*,
    count_if(is_first) over (partition by root_id order by occurred_at, id) as session_number
  from marked
)

select
  id,
  root_id,
  occurred_at,
  is_first,
  core.derived_id(
    root_id::varchar || ':' || first_value(id) over (partition by root_id, session_number order by occurred_at, id)::varchar
  ) as interaction_id
from numbered
