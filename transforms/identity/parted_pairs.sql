-- The pairs of affected handles that people decided are not one person.
select
  handle_id,
  other_handle_id
from decided_pair
where kind = 'different'
  and handle_id in (select affected_handle.handle_id from affected_handle)
