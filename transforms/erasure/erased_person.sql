-- One row per record that a source has of the customer who is erased.
select
  person.id as person_id,
  person.name
from core.person
where person.handle_id in (select erased_handle.handle_id from erased_handle)
