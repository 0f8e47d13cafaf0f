-- One row per piece of evidence about the handles of one customer, used or not.
select
  edge.handle_id,
  edge.other_handle_id,
  edge.evidence,
  edge.source,
  edge.first_seen_at,
  edge.last_seen_at,
  edge.count_seen,
  edge.is_used,
  edge.unused_reason
from identity.edge as edge
where edge.handle_id in (select handle_id from identity.handle_customer where customer_id = cast($id as uuid))
  or edge.other_handle_id in (select handle_id from identity.handle_customer where customer_id = cast($id as uuid))
order by edge.is_used desc, edge.last_seen_at desc
limit 500
