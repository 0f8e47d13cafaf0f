-- One row at most: the customer a handle belongs to now.
select cast(customer_id as varchar) as customer_id
from identity.handle_customer
where handle_id = cast($id as uuid)
limit 1
