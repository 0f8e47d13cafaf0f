-- One row per address of one customer.
select
  handle.id,
  handle.type,
  handle.value,
  handle.display
from identity.handle_customer as owner
join core.handle as handle on handle.id = owner.handle_id
where owner.customer_id = cast($id as uuid)
order by handle.type, handle.value
