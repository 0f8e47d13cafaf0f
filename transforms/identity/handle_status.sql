-- One row per handle that customers have used or profiles name, with the reason why it never links, if there is one.
with named as (
  select handle_id
  from core.participant
  where role = 'customer'
  union
  select handle_id
  from core.profile
  union
  select other_handle_id
  from core.profile
),

staff as (
  select distinct handle_id
  from core.participant
  where role <> 'customer'
),

declared_shared as (
  select distinct handle_id
  from identity.decision
  where kind = 'shared'
)

select
  handle.id as handle_id,
  handle.type,
  case
    when handle.type = 'name' then 'a name is no address'
    when staff.handle_id is not null then 'also used by an agent'
    when declared_shared.handle_id is not null then 'declared shared'
    when excluded_value.value is not null then 'excluded by the configuration'
    -- Mailboxes that many people, or no person, stand behind; punctuation and +tags do not matter.
    when handle.type = 'email' and regexp_matches(
      regexp_replace(split_part(split_part(handle.value, '@', 1), '+', 1), '[-_.]', '', 'g'),
      '^(noreply.*|donotreply.*|bounces?|mailerdaemon|postmaster|webmaster|hostmaster|abuse|notifications?|newsletter|mailer'
      || '|info|support|service|customerservice|customercare|help|helpdesk|contact|hello|sales|office|admin|billing|accounts?|orders?|team|reception|feedback)$'
    ) then 'a general mailbox'
  end as reason
from named
join core.handle
  on handle.id = named.handle_id
left join staff
  on staff.handle_id = handle.id
left join declared_shared
  on declared_shared.handle_id = handle.id
left join excluded_value
  on excluded_value.value = lower(handle.value)
