-- Takes out that the customer left.
delete from core.departure
where handle_id in (select erased_handle.handle_id from erased_handle)
  or other_handle_id in (select erased_handle.handle_id from erased_handle)
  or customer_id = $customer_id::uuid
