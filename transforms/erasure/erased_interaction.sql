-- One row per conversation of the customer.
select interaction.id as interaction_id
from core.interaction
where interaction.customer_id = $customer_id::uuid
