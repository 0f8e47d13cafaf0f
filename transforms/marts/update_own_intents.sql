-- Writes the company's own intent to the facts where it is new, and takes it out where none is seen any more.
update mart.interaction_fact
set
  own_intent = seen.intent,
  revision = $revision
from (
  select
    fact.interaction_id,
    main_own_intent.intent
  from mart.interaction_fact as fact
  left join main_own_intent
    on main_own_intent.interaction_id = fact.interaction_id
  where main_own_intent.intent is not null
    or (
      fact.own_intent is not null
      and fact.interaction_id not in (select cast(own_intent.interaction_id as varchar) from signal.own_intent)
    )
) as seen
where interaction_fact.interaction_id = seen.interaction_id
  and interaction_fact.own_intent is distinct from seen.intent
