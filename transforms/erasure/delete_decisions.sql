-- Takes out what people decided about the addresses, with their reasons.
delete from identity.decision
where handle_id in (select erased_handle.handle_id from erased_handle)
  or other_handle_id in (select erased_handle.handle_id from erased_handle)
