insert into identity.edge (
  handle_id, other_handle_id, evidence, source, first_seen_at, last_seen_at, count_seen, is_used, unused_reason
)
select
  edge_new.handle_id,
  edge_new.other_handle_id,
  edge_new.evidence,
  edge_new.source,
  edge_new.first_seen_at,
  edge_new.last_seen_at,
  edge_new.count_seen,
  edge_new.is_used,
  edge_new.unused_reason
from edge_new
