-- Writes the interaction of each answer, where it is a new one.
update core.survey
set
  interaction_id = survey_place.interaction_id,
  revision = $revision
from survey_place
where survey.id = survey_place.id
  and survey.interaction_id is distinct from survey_place.interaction_id
