-- One row per interaction of the conversations to stitch, as it has to be now. Attributes are the latest of the threads;
-- source, channel and native id are those of the thread that began first. Receipts do not prolong a contact, and the
-- times of a thread without sessions of its own say nothing about one session.
with part as (
  select
    utterance.interaction_id,
    member_thread.root_id,
    hash(utterance.id, utterance.revision) as content_hash,
    utterance.occurred_at as begins_at,
    coalesce(utterance.end_at, utterance.occurred_at) as ends_at,
    null::timestamp as later_at
  from member_thread
  join core.utterance
    on utterance.thread_id = member_thread.thread_id
  union all
  select
    event.interaction_id,
    member_thread.root_id,
    hash(event.id, event.revision),
    case when event.utterance_id is null then event.occurred_at end,
    case when event.utterance_id is null then event.occurred_at end,
    event.occurred_at
  from member_thread
  join core.event
    on event.thread_id = member_thread.thread_id
  union all
  select
    measure.interaction_id,
    member_thread.root_id,
    hash(measure.id, measure.revision),
    null,
    null,
    null
  from member_thread
  join core.measure
    on measure.thread_id = member_thread.thread_id
  union all
  select
    survey.interaction_id,
    member_thread.root_id,
    hash(survey.id, survey.revision),
    null,
    null,
    survey.occurred_at
  from member_thread
  join core.survey
    on survey.thread_id = member_thread.thread_id
  union all
  select
    member_thread.root_id,
    member_thread.root_id,
    hash(thread.id, thread.revision),
    thread.started_at,
    coalesce(thread.ended_at, thread.started_at),
    null
  from member_thread
  join core.thread
    on thread.id = member_thread.thread_id
  where member_thread.root_id not in (select root_id from session_utterance)
),

contact as (
  select
    interaction_id,
    any_value(root_id) as root_id,
    bit_xor(content_hash) as content_hash,
    coalesce(min(begins_at), min(later_at)) as started_at,
    coalesce(max(ends_at), max(later_at)) as ended_at
  from part
  group by interaction_id
),

attribute as (
  select
    member_thread.root_id,
    arg_min(thread.source, row(coalesce(thread.started_at, timestamp '9999-01-01'), thread.id)) as source,
    arg_min(thread.native_id, row(coalesce(thread.started_at, timestamp '9999-01-01'), thread.id)) as native_id,
    arg_min(thread.channel, row(coalesce(thread.started_at, timestamp '9999-01-01'), thread.id)) as channel,
    arg_min(thread.account, row(coalesce(thread.started_at, timestamp '9999-01-01'), thread.id)) as account,
    arg_max(thread.direction, row(thread.direction_version, thread.direction)) filter (where thread.direction is not null) as direction,
    arg_max(thread.subject, row(thread.subject_version, thread.subject)) filter (where thread.subject is not null) as subject,
    arg_max(thread.status, row(thread.status_version, thread.status)) filter (where thread.status is not null) as status,
    arg_max(thread.priority, row(thread.priority_version, thread.priority)) filter (where thread.priority is not null) as priority,
    arg_max(thread.queue_id, row(thread.queue_id_version, thread.queue_id)) filter (where thread.queue_id is not null) as queue_id,
    arg_max(thread.agent_id, row(thread.agent_id_version, thread.agent_id)) filter (where thread.agent_id is not null) as agent_id,
    arg_max(thread.brand, row(thread.brand_version, thread.brand)) filter (where thread.brand is not null) as brand,
    arg_max(thread.tags, row(thread.tags_version, thread.tags)) filter (where thread.tags is not null) as tags,
    arg_max(thread.url, row(thread.url_version, thread.url)) filter (where thread.url is not null) as url,
    -- The closest way in which any of it concerns the company; where the company wrote, others' words are replies.
    case
      when arg_min(thread.channel, row(coalesce(thread.started_at, timestamp '9999-01-01'), thread.id)) not in ('social', 'forum') then null
      when bool_or(thread.mention = 'addressed') then 'addressed'
      when bool_or(thread.mention = 'reply' or thread.direction = 'outbound') then 'reply'
      when bool_or(thread.mention = 'mention') then 'mention'
      else 'chatter'
    end as mention
  from member_thread
  join core.thread
    on thread.id = member_thread.thread_id
  group by member_thread.root_id
)

select
  contact.interaction_id as id,
  contact.root_id,
  attribute.source,
  attribute.native_id,
  attribute.channel,
  attribute.account,
  attribute.direction,
  contact.started_at,
  greatest(contact.ended_at, contact.started_at) as ended_at,
  attribute.subject,
  attribute.status,
  attribute.priority,
  attribute.queue_id,
  attribute.agent_id,
  attribute.brand,
  attribute.tags,
  attribute.url,
  attribute.mention,
  contact.content_hash
from contact
join attribute
  on attribute.root_id = contact.root_id
where contact.started_at is not null
