-- One row per customer that one of the handles belongs to now.
select distinct cast(customer_id as varchar) as id
from identity.handle_customer
where list_contains($handle_ids, cast(handle_id as varchar))
order by id
