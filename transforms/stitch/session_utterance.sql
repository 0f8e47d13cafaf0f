-- One row per utterance of a conversation that has no sessions of its own: the session it falls in. A session ends with
-- a silence longer than the gap, but never between a customer's words and the first answer to them within three days: who
-- writes on Saturday evening is answered on Monday. A session's id is derived from the root thread and its first utterance.
-- An utterance without a time counts as said with the first one that has one.
with timed as (
  select
    utterance.id,
    member_thread.root_id,
    member_thread.session_gap_hours * 3600 as gap_seconds,
    -- Only roles that the source states: a derived one would make the sessions depend on the order of arrival.
    utterance.role = 'customer' and utterance.role_version <> -1 as is_asking,
    utterance.role = 'agent' and utterance.role_version <> -1 and not coalesce(utterance.is_automatic, false) as is_answering,
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

followed as (
  select
    timed.*,
    lag(occurred_at) over so_far as previous_at,
    max(case when is_asking then occurred_at end) over before_this as asked_at,
    max(case when is_answering then occurred_at end) over before_this as answered_at
  from timed
  window
    so_far as (partition by root_id order by occurred_at, id),
    before_this as (
      partition by root_id
      order by occurred_at, id
      rows between unbounded preceding and 1 preceding
    )
),

marked as (
  select
    followed.*,
    previous_at is null
    or (
      epoch(occurred_at) - epoch(previous_at) > gap_seconds
      and not coalesce(
        is_answering
        and asked_at > coalesce(answered_at, timestamp '1970-01-01')
        and epoch(occurred_at) - epoch(asked_at) <= 3 * 86400,
        false
      )
    ) as is_first
  from followed
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
