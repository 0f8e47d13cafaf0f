-- What a directory of a source says a person is, whatever came first: the person's words or the directory.
alter table core.handle add column role varchar;
alter table core.handle add column role_version bigint;

-- How a public post concerns the company, as far as the post itself tells: `addressed` or `mention`; null elsewhere.
alter table core.thread add column mention varchar;
alter table core.thread add column mention_version bigint;

-- The same of a conversation: `addressed`, `reply` (it answers the company, or the company took part), `mention` or `chatter`.
alter table core.interaction add column mention varchar;
alter table mart.interaction_fact add column mention varchar;

-- The parts of a message that came in several, each `place, number of parts, words`; `text` is all of them in order.
alter table core.utterance add column text_parts varchar[];
