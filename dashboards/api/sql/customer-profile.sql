-- One row: what sources know of the customer.
select
  profile.name as display_name,
  profile.language,
  profile.country,
  profile.segment,
  profile.lifecycle,
  agent.name as owner,
  profile.since_at,
  profile.consent,
  profile.sources
from identity.customer_profile as profile
left join core.agent as agent
  on agent.id = profile.owner_id
where cast(profile.customer_id as varchar) = $id
