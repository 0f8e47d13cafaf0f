-- One row per interaction that is new or not as it was.
select
  new_interaction.*
from new_interaction
left join core.interaction
  on interaction.id = new_interaction.id
where interaction.id is null
  or interaction.content_hash <> new_interaction.content_hash
  or row(
    interaction.root_id, interaction.source, interaction.native_id, interaction.channel, interaction.account,
    interaction.direction, interaction.started_at, interaction.ended_at, interaction.subject, interaction.status,
    interaction.priority, interaction.queue_id, interaction.agent_id, interaction.brand, interaction.tags, interaction.url,
    interaction.mention
  ) is distinct from row(
    new_interaction.root_id, new_interaction.source, new_interaction.native_id, new_interaction.channel,
    new_interaction.account, new_interaction.direction, new_interaction.started_at, new_interaction.ended_at,
    new_interaction.subject, new_interaction.status, new_interaction.priority, new_interaction.queue_id,
    new_interaction.agent_id, new_interaction.brand, new_interaction.tags, new_interaction.url,
    new_interaction.mention
  )
