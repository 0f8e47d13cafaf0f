-- One row per customer of whom a source has a record in use: of each field what was said last.
select
  handle_customer.customer_id,
  arg_max(person.name, row(person.name_version, person.name)) filter (where person.name is not null) as name,
  arg_max(person.language, row(person.language_version, person.language)) filter (where person.language is not null) as language,
  arg_max(person.country, row(person.country_version, person.country)) filter (where person.country is not null) as country,
  arg_max(person.segment, row(person.segment_version, person.segment)) filter (where person.segment is not null) as segment,
  arg_max(person.lifecycle, row(person.lifecycle_version, person.lifecycle)) filter (where person.lifecycle is not null) as lifecycle,
  arg_max(person.owner_id, row(person.owner_id_version, person.owner_id)) filter (where person.owner_id is not null) as owner_id,
  min(person.since_at) as since_at,
  arg_max(person.consent, row(person.consent_version, person.consent)) filter (where person.consent is not null) as consent,
  string_agg(distinct person.source, ', ' order by person.source) as sources
from core.person
join identity.handle_customer
  on handle_customer.handle_id = person.handle_id
where coalesce(person.state, 'active') = 'active'
group by handle_customer.customer_id
