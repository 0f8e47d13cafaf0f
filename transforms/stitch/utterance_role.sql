-- One row per utterance whose role the source does not state and something else tells: an agent id, the part that its
-- handle, or another of its person, takes in the thread, what the source's directory says of the handle, or, where both sides are not present at once,
-- the direction of the thread for its first utterance (on the phone the agent speaks first in either direction).
with unstated as (
  select
    utterance.id,
    utterance.thread_id,
    case when utterance.agent_id_version <> -1 then utterance.agent_id end as agent_id,
    utterance.handle_id,
    row_number() over (partition by utterance.thread_id order by utterance.occurred_at, utterance.sequence, utterance.id) as place,
    utterance.role is null or utterance.role_version = -1 as is_unstated
  from member_thread
  join core.utterance
    on utterance.thread_id = member_thread.thread_id
),

part as (
  select
    thread_id,
    handle_id,
    min(role) as role
  from core.participant
  where thread_id in (select thread_id from unstated where is_unstated)
  group by
    thread_id,
    handle_id
),

-- The same by another address of the person: a user name where the ticket names the caller by an id.
profile_part as (
  select
    participant.thread_id,
    address.handle_id,
    min(participant.role) as role
  from (
    select handle_id, other_handle_id from core.profile
    union all
    select other_handle_id, handle_id from core.profile
  ) as address
  join core.participant
    on participant.handle_id = address.other_handle_id
  where participant.thread_id in (select thread_id from unstated where is_unstated)
    and address.handle_id in (select handle_id from unstated where is_unstated)
  group by
    participant.thread_id,
    address.handle_id
),

told as (
  select
    unstated.id,
    unstated.handle_id,
    unstated.agent_id as stated_agent_id,
    case
      when unstated.agent_id is not null then 'agent'
      when part.role is not null then part.role
      when profile_part.role is not null then profile_part.role
      when handle.role is not null then handle.role
      when unstated.place = 1 and not channel.is_sync and thread.direction = 'inbound' then 'customer'
      when unstated.place = 1 and not channel.is_sync and thread.direction = 'outbound' then 'agent'
    end as role,
    handle.value as handle_value
  from unstated
  left join part
    on part.thread_id = unstated.thread_id
    and part.handle_id = unstated.handle_id
  left join profile_part
    on profile_part.thread_id = unstated.thread_id
    and profile_part.handle_id = unstated.handle_id
  left join core.handle
    on handle.id = unstated.handle_id
  left join core.thread
    on thread.id = unstated.thread_id
  left join channel
    on channel.channel = thread.channel
  where unstated.is_unstated
),

-- The id that a source gives a person is that of its agent, too.
known_agent as (
  select
    source || ':' || native_id as handle_value,
    min(id) as agent_id
  from core.agent
  group by source || ':' || native_id
)

select
  told.id,
  told.role,
  case when told.role = 'agent' and told.stated_agent_id is null then known_agent.agent_id end as agent_id
from told
left join known_agent
  on known_agent.handle_value = told.handle_value
