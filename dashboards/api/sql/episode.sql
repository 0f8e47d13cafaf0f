-- One row: one matter of one customer.
select
  episode_id as id,
  customer_id,
  {columns}
from mart.episode
where episode_id = $id
limit 1
