-- What the tables for analysts repeat goes at once; their next pass makes them anew.
update mart.interaction_fact
set
  native_id = interaction_id,
  subject = null,
  summary = null
where interaction_id in (select erased_interaction.interaction_id::varchar from erased_interaction)
