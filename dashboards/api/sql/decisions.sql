-- One row per decision of a person about the handles of one customer, newest first.
select
  id,
  kind,
  handle_id,
  other_handle_id,
  reason,
  decided_by,
  decided_at
from identity.decision
where handle_id in (select handle_id from identity.handle_customer where customer_id = cast($id as uuid))
  or other_handle_id in (select handle_id from identity.handle_customer where customer_id = cast($id as uuid))
order by decided_at desc
limit 200
