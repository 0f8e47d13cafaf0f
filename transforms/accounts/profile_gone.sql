-- The customers whose profile changed or is no more.
select customer_id
from (
  select customer_id, name, language, country, segment, lifecycle, owner_id, since_at, consent, sources
  from identity.customer_profile
  except
  select customer_id, name, language, country, segment, lifecycle, owner_id, since_at, consent, sources
  from profile_now
)
