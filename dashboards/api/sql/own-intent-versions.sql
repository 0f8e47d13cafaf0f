-- One row per version of the own intents, the newest first.
select
  own_intent_version.version,
  own_intent_version.model,
  own_intent_version.made_at,
  own_intent_version.examples,
  own_intent_version.report
from signal.own_intent_version
order by own_intent_version.version desc
