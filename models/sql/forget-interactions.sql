-- Takes out the signals of interactions that are no more, or of which nothing is read any more.
delete from signal.interaction
where interaction_id not in (select interaction.id from core.interaction)
  or interaction_id not in (select utterance.interaction_id from signal.utterance)
