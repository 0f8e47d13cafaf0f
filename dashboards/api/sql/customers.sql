-- One row per customer that passes the filters, in the order asked for; `position` is what the next page starts after.
select
  {position} as position,
  customer_id as id,
  {columns},
  churn_method,
  churn_model,
  churn_at,
  churn_reasons
from mart.customer as customer
where {where}
  and {after}
order by position, id
limit $limit
