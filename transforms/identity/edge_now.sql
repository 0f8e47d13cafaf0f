-- One row per pair and kind of evidence, as identity.edge has to be now. Links outside the affected part that a decision
-- parted stay parted.
with parted as (
  select handle_id, other_handle_id, evidence from parted_link
  union
  select handle_id, other_handle_id, evidence
  from identity.edge
  where unused_reason = 'parted by a decision'
    and handle_id not in (select affected_handle.handle_id from affected_handle)
)

select
  ruled_edge.handle_id,
  ruled_edge.other_handle_id,
  ruled_edge.evidence,
  ruled_edge.source,
  ruled_edge.first_seen_at,
  ruled_edge.last_seen_at,
  ruled_edge.count_seen,
  ruled_edge.reason is null and parted.handle_id is null as is_used,
  coalesce(ruled_edge.reason, case when parted.handle_id is not null then 'parted by a decision' end) as unused_reason
from ruled_edge
left join parted
  on parted.handle_id = ruled_edge.handle_id
  and parted.other_handle_id = ruled_edge.other_handle_id
  and parted.evidence = ruled_edge.evidence
