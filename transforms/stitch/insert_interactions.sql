-- Puts in the interactions that changed; the customer stays until resolving looks at them again.
insert into core.interaction (
  id, root_id, source, native_id, channel, account, direction, started_at, ended_at, subject, status, priority,
  queue_id, agent_id, brand, tags, url, mention, customer_id, content_hash, revision
)
select
  changed_interaction.id,
  changed_interaction.root_id,
  changed_interaction.source,
  changed_interaction.native_id,
  changed_interaction.channel,
  changed_interaction.account,
  changed_interaction.direction,
  changed_interaction.started_at,
  changed_interaction.ended_at,
  changed_interaction.subject,
  changed_interaction.status,
  changed_interaction.priority,
  changed_interaction.queue_id,
  changed_interaction.agent_id,
  changed_interaction.brand,
  changed_interaction.tags,
  changed_interaction.url,
  changed_interaction.mention,
  old_interaction.customer_id,
  changed_interaction.content_hash,
  $revision
from changed_interaction
left join old_interaction
  on old_interaction.id = changed_interaction.id
