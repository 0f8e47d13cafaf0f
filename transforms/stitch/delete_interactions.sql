-- Takes out the interactions that changed or are no more.
delete from core.interaction
where id in (
  select id
  from changed_interaction
  union all
  select old_interaction.id
  from old_interaction
  where old_interaction.id not in (select new_interaction.id from new_interaction)
)
