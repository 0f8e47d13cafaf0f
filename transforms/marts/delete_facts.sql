-- Takes out the rows that are made anew, and those of interactions that are no more.
delete from mart.interaction_fact
where interaction_id in (select new_fact.interaction_id from new_fact)
  or interaction_id not in (select cast(interaction.id as varchar) from core.interaction)
