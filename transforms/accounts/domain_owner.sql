-- One row per domain and record that states it, without the domains that many companies' people write from.
select distinct
  record_id,
  source,
  plain_name,
  stated.domain
from (
  select
    record_id,
    source,
    plain_name,
    unnest(domains) as domain
  from record_in_use
) as stated
where stated.domain not in (select shared_domain.domain from shared_domain)
