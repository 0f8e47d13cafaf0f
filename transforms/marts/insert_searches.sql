-- One row per search in a help centre that is to be made anew. The contact that follows is the customer's first by any other
-- way within seven days; visits of the help centre and the portal are no contact.
insert into mart.search by name
with visit as (
  select
    interaction_fact.interaction_id,
    interaction_fact.customer_id,
    interaction_fact.source
  from mart.interaction_fact
  where interaction_fact.channel = 'knowledge_base'
    and (
      interaction_fact.interaction_id in (select new_fact.interaction_id from new_fact)
      or interaction_fact.customer_id in (select touched_customer.customer_id from touched_customer)
    )
),

searched as (
  select
    event.id as event_id,
    visit.interaction_id,
    visit.customer_id,
    visit.source,
    event.occurred_at as searched_at,
    utterance.text as query,
    try_cast(event.value as integer) as count_results,
    lead(event.occurred_at) over (partition by visit.interaction_id order by event.occurred_at, event.id) as next_searched_at
  from visit
  join core.event
    on cast(event.interaction_id as varchar) = visit.interaction_id
    and event.kind = 'searched'
  left join core.utterance
    on utterance.id = event.utterance_id
),

opened as (
  select distinct searched.event_id
  from searched
  join core.event
    on cast(event.interaction_id as varchar) = searched.interaction_id
    and event.kind = 'viewed'
    and event.occurred_at >= searched.searched_at
    and event.occurred_at < coalesce(searched.next_searched_at, timestamp '9999-01-01 00:00:00')
),

followed as (
  select
    searched.event_id,
    interaction_fact.interaction_id,
    interaction_fact.channel,
    interaction_fact.intent,
    interaction_fact.started_at,
    row_number() over (
      partition by searched.event_id
      order by interaction_fact.started_at, interaction_fact.interaction_id
    ) as place
  from searched
  join mart.interaction_fact
    on interaction_fact.customer_id = searched.customer_id
    and interaction_fact.is_customer_contact
    and interaction_fact.channel not in ('knowledge_base', 'portal')
    and interaction_fact.started_at >= searched.searched_at
    and interaction_fact.started_at < searched.searched_at + interval '7' day
)

select
  cast(searched.event_id as varchar) as search_id,
  searched.interaction_id,
  searched.customer_id,
  searched.source,
  searched.searched_at,
  cast(searched.searched_at as date) as searched_day,
  searched.query,
  searched.count_results,
  opened.event_id is not null as is_opened,
  followed.interaction_id as next_interaction_id,
  followed.channel as next_channel,
  followed.intent as next_intent,
  followed.started_at as next_contact_at,
  cast(date_diff('second', searched.searched_at, followed.started_at) as double) as seconds_to_contact,
  cast($revision as bigint) as revision
from searched
left join opened
  on opened.event_id = searched.event_id
left join followed
  on followed.event_id = searched.event_id
  and followed.place = 1
