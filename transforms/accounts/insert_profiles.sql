insert into identity.customer_profile (
  customer_id, name, language, country, segment, lifecycle, owner_id, since_at, consent, sources, revision
)
select
  profile_now.customer_id,
  profile_now.name,
  profile_now.language,
  profile_now.country,
  profile_now.segment,
  profile_now.lifecycle,
  profile_now.owner_id,
  profile_now.since_at,
  profile_now.consent,
  profile_now.sources,
  $revision
from profile_now
where profile_now.customer_id not in (select customer_profile.customer_id from identity.customer_profile)
