-- One row per public utterance of the episodes asked for, told in order contact by contact, with the stored vector of
-- what the customer said.
with contact as (
  select
    cast(fact.interaction_id as uuid) as interaction_id,
    fact.episode_id,
    fact.customer_id,
    fact.started_at
  from mart.interaction_fact as fact
  where fact.episode_id in (select unnest($ids))
),
passed as (
  select
    event.interaction_id,
    event.occurred_at
  from core.event
  join contact
    on contact.interaction_id = event.interaction_id
  where event.kind in ('transferred', 'handed_over')
),
said as (
  select
    contact.episode_id,
    contact.customer_id,
    contact.started_at,
    utterance.interaction_id,
    utterance.id as utterance_id,
    utterance.role,
    utterance.text,
    cast(utterance.agent_id as varchar) as agent_id,
    coalesce(utterance.is_automatic, false) as is_automatic,
    utterance.occurred_at,
    utterance.sequence,
    (
      select count(*)
      from passed
      where passed.interaction_id = utterance.interaction_id
        and passed.occurred_at <= utterance.occurred_at
    ) as count_passed
  from contact
  join core.utterance
    on utterance.interaction_id = contact.interaction_id
  where utterance.text is not null
    and utterance.deleted_at is null
    and utterance.role in ('customer', 'agent', 'bot')
    and coalesce(utterance.visibility, 'public') <> 'internal'
)
select
  said.episode_id,
  said.customer_id,
  said.interaction_id,
  said.utterance_id,
  said.role,
  said.text,
  said.agent_id,
  said.is_automatic,
  said.count_passed > coalesce(
    lag(said.count_passed) over (
      partition by said.interaction_id
      order by said.occurred_at, said.sequence, said.utterance_id
    ),
    said.count_passed
  ) as is_after_transfer,
  signal.act,
  embedding.vector,
  embedding.scale
from said
left join signal.utterance as signal
  on signal.utterance_id = said.utterance_id
  and signal.model = $model
left join signal.embedding
  on embedding.text_hash = signal.text_hash
  and embedding.model = $model
  and said.role = 'customer'
order by said.episode_id, said.started_at, said.interaction_id, said.occurred_at, said.sequence, said.utterance_id
