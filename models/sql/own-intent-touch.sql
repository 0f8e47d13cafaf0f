-- Marks the intents of the conversations in which something was read after `since`, or is gone.
update signal.own_intent
set revision = $revision
where interaction_id in (
    select signal.interaction_id
    from signal.utterance as signal
    where signal.revision > $since
  )
  or interaction_id in (
    select gone.interaction_id
    from signal.own_intent as gone
    where gone.utterance_id not in (select signal.utterance_id from signal.utterance as signal)
  )
