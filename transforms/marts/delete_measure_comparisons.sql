-- Takes out the comparisons that are made anew, and those of interactions that are no more.
delete from mart.measure_comparison
where interaction_id in (select cast(changed_fact.interaction_id as varchar) from changed_fact)
  or interaction_id not in (select cast(interaction.id as varchar) from core.interaction)
