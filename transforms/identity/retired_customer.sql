-- One row per customer that is no more: where most of its addresses, or its interactions, are found now.
with heir as (
  select
    former_customer.customer_id as old_customer_id,
    assigned_customer.customer_id
  from former_customer
  join assigned_customer
    on assigned_customer.handle_id = former_customer.handle_id
  union all
  select
    former_customer_id,
    customer_id
  from interaction_customer
  where former_customer_id is not null
),

counted as (
  select
    old_customer_id,
    customer_id,
    count(*) as count_heirs
  from heir
  where old_customer_id not in (select customer.id from core.customer)
  group by
    old_customer_id,
    customer_id
)

select
  old_customer_id,
  arg_max(customer_id, row(count_heirs, customer_id)) as customer_id
from counted
group by old_customer_id
