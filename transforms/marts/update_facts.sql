-- Writes to the facts of touched customers which episode they belong to, where that is new. What is no contact of a
-- customer belongs to none.
update mart.interaction_fact
set
  episode_id = place.episode_id,
  is_repeat_contact = place.is_repeat_contact,
  is_channel_switch = place.is_channel_switch,
  was_followed_up = place.was_followed_up,
  revision = $revision
from (
  select
    fact.interaction_id,
    episode_contact.episode_id,
    episode_contact.is_repeat_contact,
    episode_contact.is_channel_switch,
    episode_contact.was_followed_up
  from mart.interaction_fact as fact
  left join episode_contact
    on episode_contact.interaction_id = fact.interaction_id
  where fact.customer_id in (select touched_customer.customer_id from touched_customer)
) as place
where interaction_fact.interaction_id = place.interaction_id
  and (
    interaction_fact.episode_id is distinct from place.episode_id
    or interaction_fact.is_repeat_contact is distinct from place.is_repeat_contact
    or interaction_fact.is_channel_switch is distinct from place.is_channel_switch
    or interaction_fact.was_followed_up is distinct from place.was_followed_up
  )
