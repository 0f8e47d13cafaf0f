update core.interaction
set
  customer_id = interaction_customer.customer_id,
  revision = $revision
from interaction_customer
where interaction.id = interaction_customer.id
  and interaction.customer_id is distinct from interaction_customer.customer_id
