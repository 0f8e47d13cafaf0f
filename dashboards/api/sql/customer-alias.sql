-- One row at most: the id under which a customer who was merged or split is found now.
select cast(customer_id as varchar) as id
from identity.customer_alias
where old_customer_id = cast($id as uuid)
order by changed_at desc
limit 1
