-- One row per affected customer that exists, as core.customer has to be now. The display name is the newest that an
-- address carries, else the newest name given in a conversation, else the address itself.
with address as (
  select
    handle_customer.customer_id,
    count(*) as handle_count,
    arg_max(handle.display, row(handle.display_version, handle.display)) filter (where handle.display is not null) as display,
    arg_min(handle.value, row(
      case handle.type when 'email' then 1 when 'phone' then 2 when 'whatsapp_id' then 3 else 4 end,
      handle.value
    )) as value
  from identity.handle_customer
  join core.handle
    on handle.id = handle_customer.handle_id
  where handle_customer.customer_id in (select affected_customer.customer_id from affected_customer)
  group by handle_customer.customer_id
),

took_part as (
  select
    handle_customer.customer_id,
    min(participant.occurred_at) as first_seen_at,
    max(participant.occurred_at) as last_seen_at
  from identity.handle_customer
  join core.participant
    on participant.handle_id = handle_customer.handle_id
  where handle_customer.customer_id in (select affected_customer.customer_id from affected_customer)
  group by handle_customer.customer_id
),

contact as (
  select
    customer_id,
    min(started_at) as first_seen_at,
    max(ended_at) as last_seen_at
  from core.interaction
  where customer_id in (select affected_customer.customer_id from affected_customer)
  group by customer_id
),

given_name as (
  select
    interaction.customer_id,
    arg_max(coalesce(handle.display, handle.value), row(participant.occurred_at, handle.id)) as name
  from core.interaction
  join core.thread_root
    on thread_root.root_id = interaction.root_id
  join core.participant
    on participant.thread_id = thread_root.thread_id
    and participant.role = 'customer'
  join core.handle
    on handle.id = participant.handle_id
    and handle.type = 'name'
  where interaction.customer_id in (select affected_customer.customer_id from affected_customer)
  group by interaction.customer_id
)

select
  affected_customer.customer_id as id,
  coalesce(address.display, given_name.name, address.value) as display_name,
  least(took_part.first_seen_at, contact.first_seen_at) as first_seen_at,
  greatest(took_part.last_seen_at, contact.last_seen_at) as last_seen_at,
  coalesce(address.handle_count, 0)::integer as handle_count,
  address.customer_id is null as is_anonymous
from affected_customer
left join address
  on address.customer_id = affected_customer.customer_id
left join took_part
  on took_part.customer_id = affected_customer.customer_id
left join contact
  on contact.customer_id = affected_customer.customer_id
left join given_name
  on given_name.customer_id = affected_customer.customer_id
where address.customer_id is not null
  or contact.customer_id is not null
