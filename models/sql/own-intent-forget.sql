-- Takes out the intents of utterances that are gone or were read again.
delete from signal.own_intent
where $since = 0
  or utterance_id in (select signal.utterance_id from signal.utterance as signal where signal.revision > $since)
  or utterance_id not in (select signal.utterance_id from signal.utterance as signal)
