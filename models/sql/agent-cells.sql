-- One row per agent, reason and group of channels: contacts of the half year before the newest one that are over, and how
-- many of them were settled: resolved, and nobody came back about the same matter.
select
  fact.agent_id,
  max(fact.agent) as agent,
  max(fact.team) as team,
  fact.intent,
  fact.channel_group,
  cast(count(*) as integer) as contacts,
  cast(count_if(fact.is_resolved and not coalesce(fact.was_followed_up, false)) as integer) as settled
from mart.interaction_fact as fact
where fact.agent_id is not null
  and fact.is_customer_contact
  and fact.is_handled
  and coalesce(fact.status, '') not in ('new', 'open', 'pending', 'on_hold')
  and fact.started_at > (select max(newest.started_at) from mart.interaction_fact as newest) - interval '180' day
group by
  fact.agent_id,
  fact.intent,
  fact.channel_group
order by
  fact.agent_id,
  fact.intent,
  fact.channel_group
