-- One row per handle that can point to a customer.
select handle_id
from handle_status
where reason is null
  and handle_id not in (select shared_handle.handle_id from shared_handle)
