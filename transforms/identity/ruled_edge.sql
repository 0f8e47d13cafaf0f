-- One row per pair of handles and kind of evidence, with the reason why a rule keeps it from linking, if one does.
with edge as (
  select
    handle_id,
    other_handle_id,
    evidence,
    source,
    first_seen_at,
    last_seen_at,
    count_seen,
    is_clear
  from evidence
  union all
  select
    handle_id,
    other_handle_id,
    'decision',
    'people',
    decided_at,
    decided_at,
    1,
    true
  from decided_pair
  where kind = 'same'
)

select
  edge.handle_id,
  edge.other_handle_id,
  edge.evidence,
  edge.source,
  edge.first_seen_at,
  edge.last_seen_at,
  edge.count_seen,
  case
    when one.handle_id is null or other.handle_id is null then 'an address that has not arrived'
    else coalesce(
      one.reason,
      other.reason,
      shared_one.reason,
      shared_other.reason,
      case when not edge.is_clear then 'several addresses of one type in one conversation' end
    )
  end as reason
from edge
left join handle_status as one
  on one.handle_id = edge.handle_id
left join handle_status as other
  on other.handle_id = edge.other_handle_id
left join shared_handle as shared_one
  on shared_one.handle_id = edge.handle_id
left join shared_handle as shared_other
  on shared_other.handle_id = edge.other_handle_id
