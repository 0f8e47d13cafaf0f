-- Writes the interaction and the derived role of each utterance, where they are new. The version -1 marks a derived role.
update core.utterance
set
  interaction_id = place.interaction_id,
  role = case when place.is_unstated then place.role else utterance.role end,
  role_version = case
    when place.is_unstated and place.role is not null then -1
    when place.is_unstated then null
    else utterance.role_version
  end,
  revision = $revision
from (
  select
    utterance_place.id,
    utterance_place.interaction_id,
    utterance_role.role,
    utterance_role.id is not null as is_unstated
  from utterance_place
  left join utterance_role
    on utterance_role.id = utterance_place.id
) as place
where utterance.id = place.id
  and (
    utterance.interaction_id is distinct from place.interaction_id
    or (place.is_unstated and utterance.role is distinct from place.role)
  )
