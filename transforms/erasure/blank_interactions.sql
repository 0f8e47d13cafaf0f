-- What conversations repeat of their threads goes at once; stitching writes the same.
update core.interaction
set
  native_id = id::varchar,
  subject = null,
  url = null
where id in (select erased_interaction.interaction_id from erased_interaction)
