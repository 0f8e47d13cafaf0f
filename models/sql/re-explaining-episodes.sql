-- One row per episode, passed on from one to another, of the customers whose contacts changed.
select
  episode.episode_id
from mart.episode
where episode.was_passed_on
  and episode.customer_id in (
    select fact.customer_id
    from mart.interaction_fact as fact
    where fact.revision > $since
  )
order by episode.episode_id
