-- One row per agent who has contacts open that moved in the week before the newest contact.
select
  fact.agent_id,
  cast(count(*) as integer) as open_contacts
from mart.interaction_fact as fact
where fact.agent_id is not null
  and fact.status in ('new', 'open')
  and fact.ended_at > (select max(newest.ended_at) from mart.interaction_fact as newest) - interval '7' day
group by fact.agent_id
