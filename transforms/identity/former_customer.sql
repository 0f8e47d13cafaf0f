-- One row per affected handle: the customer it belonged to.
select
  handle_customer.handle_id,
  handle_customer.customer_id
from identity.handle_customer
join affected_handle
  on affected_handle.handle_id = handle_customer.handle_id
