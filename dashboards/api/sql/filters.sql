-- One row per filter and value: how many conversations have it, most first.
select
  'channel' as name,
  channel as value,
  count(*) as count
from mart.interaction_fact
where channel is not null
group by channel
union all
select
  'source' as name,
  source as value,
  count(*) as count
from mart.interaction_fact
where source is not null
group by source
union all
select
  'queue' as name,
  queue as value,
  count(*) as count
from mart.interaction_fact
where queue is not null
group by queue
union all
select
  'agent' as name,
  agent as value,
  count(*) as count
from mart.interaction_fact
where agent is not null
group by agent
union all
select
  'team' as name,
  team as value,
  count(*) as count
from mart.interaction_fact
where team is not null
group by team
union all
select
  'brand' as name,
  brand as value,
  count(*) as count
from mart.interaction_fact
where brand is not null
group by brand
union all
select
  'intent' as name,
  intent as value,
  count(*) as count
from mart.interaction_fact
where intent is not null
group by intent
union all
select
  'own_intent' as name,
  own_intent as value,
  count(*) as count
from mart.interaction_fact
where own_intent is not null
group by own_intent
union all
select
  'mention' as name,
  mention as value,
  count(*) as count
from mart.interaction_fact
where mention is not null
group by mention
union all
select
  'language' as name,
  language as value,
  count(*) as count
from mart.interaction_fact
where language is not null
group by language
order by
  name,
  count desc,
  value
