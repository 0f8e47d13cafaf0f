-- One row per filter and value: how many conversations have it.
select
  name,
  value,
  count(*) as count
from mart.interaction_fact
unpivot (value for name in (channel, source, queue, agent, team, brand, intent, language))
group by
  name,
  value
order by
  name,
  count desc,
  value
