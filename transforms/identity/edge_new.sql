-- The edges that changed or are new.
select handle_id, other_handle_id, evidence, source, first_seen_at, last_seen_at, count_seen, is_used, unused_reason
from edge_now
except
select handle_id, other_handle_id, evidence, source, first_seen_at, last_seen_at, count_seen, is_used, unused_reason
from identity.edge
