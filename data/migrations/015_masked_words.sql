-- What readers who may not see personal data get in the place of words.

-- One row per distinct text that such readers may meet (data/personal-columns.ts), under the hash of the text. `words` is the
-- text with its personal data masked, null where there is nothing to mask. `rules` names the rules it was masked by.
create table ops.masked_words (
  hash uuid not null,
  words varchar,
  rules varchar not null
);
