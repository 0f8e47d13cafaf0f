-- One row per matter of one customer, newest first.
select
  episode_id as id,
  {columns}
from mart.episode
where customer_id = $id
order by started_at desc
limit 500
