-- One row per customer whose contacts changed: of facts made anew, as they are and as they were, and of facts that go. And
-- of episodes in which re-explaining was found, or is found no longer.
select new_fact.customer_id
from new_fact
where new_fact.customer_id is not null
union
select interaction_fact.customer_id
from mart.interaction_fact
where interaction_fact.customer_id is not null
  and (
    interaction_fact.interaction_id in (select new_fact.interaction_id from new_fact)
    or interaction_fact.interaction_id not in (select cast(interaction.id as varchar) from core.interaction)
  )
union
select cast(re_explaining.customer_id as varchar)
from signal.re_explaining
where re_explaining.revision > $done
union
select episode.customer_id
from mart.episode
where episode.is_re_explained
  and episode.episode_id not in (select cast(re_explaining.episode_id as varchar) from signal.re_explaining)
