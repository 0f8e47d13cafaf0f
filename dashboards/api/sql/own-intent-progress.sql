-- One row: the version that was last applied to the whole history and when, how far it is read, and how far there is to read.
select
  coalesce(max(case when progress.step = 'own-intents-version' then progress.revision end), 0) as version,
  max(case when progress.step = 'own-intents-version' then progress.done_at end) as done_at,
  coalesce(max(case when progress.step = 'own-intents' then progress.revision end), 0) as revision,
  (select coalesce(max(utterance.revision), 0) from signal.utterance) as newest
from ops.progress
