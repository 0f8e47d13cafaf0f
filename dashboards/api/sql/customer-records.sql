-- One row per record that a source has of the customer, also of those that were merged or deleted there.
select
  person.source,
  person.native_id,
  coalesce(person.state, 'active') as state,
  into_person.native_id as merged_into,
  array_to_string(person.external_ids, ',') as external_ids
from core.person
join identity.handle_customer
  on handle_customer.handle_id = person.handle_id
left join core.person as into_person
  on into_person.id = person.merged_into_id
where cast(handle_customer.customer_id as varchar) = $id
order by
  person.source,
  person.native_id
limit 200
