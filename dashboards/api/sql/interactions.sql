-- One row per conversation of one page, in the order asked for, with the number of all that pass the filters; one row
-- without an id where the page is empty. `position` is what the next page starts after.
with passing as materialized (
  select
    interaction_id,
    {position} as position
  from mart.interaction_fact
  where {where}
),
page as (
  select
    interaction_id,
    position
  from passing
  where {after}
  order by
    position,
    interaction_id
  limit $limit
),
counted as (
  select count(*) as total
  from passing
)
select
  counted.total,
  page.position,
  page.interaction_id as id,
  {columns}
from counted
left join page on true
left join mart.interaction_fact as fact on fact.interaction_id = page.interaction_id
left join mart.customer as customer on customer.customer_id = fact.customer_id
order by
  page.position,
  page.interaction_id
