-- One row per pair of handles (the smaller id first) and kind of evidence. A crowd is no evidence: conversations in which
-- more than 20 customers' addresses took part are left out.
with of_one_conversation as (
  select
    least(one.handle_id, other.handle_id) as handle_id,
    greatest(one.handle_id, other.handle_id) as other_handle_id,
    'same_thread' as evidence,
    least(one.source, other.source) as source,
    greatest(one.occurred_at, other.occurred_at) as seen_at,
    one.is_alone and other.is_alone as is_clear
  from conversation_handle as one
  join conversation_handle as other
    on other.root_id = one.root_id
    and other.type > one.type
  where one.root_id not in (
    select root_id
    from conversation_handle
    group by root_id
    having count(*) > 20
  )
),

of_one_profile as (
  select
    least(handle_id, other_handle_id) as handle_id,
    greatest(handle_id, other_handle_id) as other_handle_id,
    'profile:' || evidence as evidence,
    source,
    occurred_at as seen_at,
    true as is_clear
  from core.profile
),

seen as (
  select * from of_one_conversation
  union all
  select * from of_one_profile
)

select
  handle_id,
  other_handle_id,
  evidence,
  min(source) as source,
  min(seen_at) as first_seen_at,
  max(seen_at) as last_seen_at,
  count(*) as count_seen,
  bool_or(is_clear) as is_clear
from seen
group by
  handle_id,
  other_handle_id,
  evidence
