-- Writes the interaction and, where the source does not state them, the role and the agent of each utterance, where they
-- are new. The version -1 marks what is derived, so that any source's statement wins.
update core.utterance
set
  interaction_id = place.interaction_id,
  role = case when place.is_unstated then place.role else utterance.role end,
  role_version = case
    when place.is_unstated and place.role is not null then -1
    when place.is_unstated then null
    else utterance.role_version
  end,
  agent_id = case when place.is_agent_unstated then place.agent_id else utterance.agent_id end,
  agent_id_version = case
    when place.is_agent_unstated and place.agent_id is not null then -1
    when place.is_agent_unstated then null
    else utterance.agent_id_version
  end,
  revision = $revision
from (
  select
    utterance_place.id,
    utterance_place.interaction_id,
    utterance_role.role,
    utterance_role.agent_id,
    utterance_role.id is not null as is_unstated,
    utterance_role.id is not null and coalesce(placed.agent_id_version, -1) = -1 as is_agent_unstated
  from utterance_place
  join core.utterance as placed
    on placed.id = utterance_place.id
  left join utterance_role
    on utterance_role.id = utterance_place.id
) as place
where utterance.id = place.id
  and (
    utterance.interaction_id is distinct from place.interaction_id
    or (place.is_unstated and utterance.role is distinct from place.role)
    or (place.is_agent_unstated and utterance.agent_id is distinct from place.agent_id)
  )
