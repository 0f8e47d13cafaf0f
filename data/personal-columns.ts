/**
 * What a reader who may not see personal data gets of a column that can hold text:
 *
 * - `harmless`: as it is. Labels of the company and of its systems, codes, times, ids of our own.
 * - `words`: as the redactor masks it. What people said, wrote or searched, and what was made of it.
 * - `name`, `address`: a word in brackets that says what stood there.
 * - `label`: names of those who answer and of their queues, and tags, as in all reports; addresses among them are masked.
 * - `withheld`: nothing. Ids of the source (often addresses), links, copies of words, lists of names.
 */
export const columnKinds = ['harmless', 'words', 'name', 'address', 'label', 'withheld'] as const;
export type ColumnKind = (typeof columnKinds)[number];

type TableRules = Readonly<Partial<Record<ColumnKind, readonly string[]>>>;

const list = (names: string): readonly string[] => names.split(' ');

const conversation: TableRules = {
  harmless: list('source channel account direction status priority brand mention'),
  label: ['tags'],
  words: ['subject'],
  withheld: list('native_id url'),
};

/**
 * Every column of the published schemas that can hold text, by table. A column that is missing here is withheld, and a test
 * fails until somebody has decided. Columns of other types (numbers, times, ids) are shown unless they stand here.
 */
export const columnRules: Readonly<Record<string, TableRules>> = {
  'core.account': {
    harmless: list('source segment plan country state'),
    name: ['name'],
    withheld: list('native_id domains external_ids url'),
  },
  'core.agent': { harmless: list('source team'), label: ['name'], withheld: ['native_id'] },
  'core.customer': { name: ['display_name'] },
  'core.departure': { withheld: ['file'] },
  'core.event': { harmless: list('source kind time_precision'), words: ['value'] },
  'core.handle': { harmless: list('type role'), address: ['value'], name: ['display'] },
  'core.interaction': conversation,
  'core.measure': { harmless: list('source name unit') },
  'core.membership': { harmless: list('source state'), withheld: list('native_id title') },
  'core.participant': { harmless: list('role source') },
  'core.person': {
    harmless: list('source language country segment lifecycle consent state'),
    name: ['name'],
    withheld: list('native_id external_ids account_ids'),
  },
  'core.profile': { harmless: list('evidence source') },
  'core.queue': { harmless: ['source'], label: ['name'], withheld: ['native_id'] },
  'core.survey': { harmless: list('source kind'), words: list('comment question'), withheld: ['native_id'] },
  'core.thread': conversation,
  'core.thread_link': { harmless: ['evidence'] },
  'core.utterance': {
    harmless: list('source role native_time time_precision visibility'),
    words: ['text'],
    withheld: list('native_id source_text text_spans text_parts media variant'),
  },
  'identity.account_customer': { harmless: list('evidence source'), withheld: list('detail title') },
  'identity.account_decision': { harmless: ['kind'], withheld: list('reason decided_by') },
  'identity.account_edge': { harmless: list('evidence unused_reason'), withheld: ['value'] },
  'identity.account_record': { withheld: ['domains'] },
  'identity.customer_profile': {
    harmless: list('language country segment lifecycle consent sources'),
    name: ['name'],
  },
  'identity.decision': { harmless: ['kind'], withheld: list('reason decided_by') },
  'identity.edge': { harmless: list('evidence source unused_reason') },
  'mart.account': {
    harmless: list('churn_method account_id segment plan country parent_account_id sources'),
    name: ['name'],
    label: ['owner'],
    withheld: ['domains'],
  },
  'mart.customer': {
    harmless: list(
      'customer_id channels top_intent churn_band churn_method churn_reasons account_id language country segment lifecycle consent churn_model',
    ),
    name: ['display_name'],
    label: ['owner'],
  },
  'mart.departure': { harmless: list('customer_id evidence') },
  'mart.episode': {
    harmless: list(
      'episode_id customer_id intent intent_group channels first_channel first_channel_group last_channel source account brand team direction language emotion customer_account_id',
    ),
    label: list('agent queue'),
  },
  'mart.interaction_fact': {
    harmless: list(
      'interaction_id customer_id episode_id source channel channel_group direction account brand status priority queue_id agent_id team language intent intent_group emotion outcome own_intent customer_account_id mention',
    ),
    words: list('subject summary'),
    label: list('agent queue'),
    withheld: ['native_id'],
  },
  'mart.measure_comparison': { harmless: list('interaction_id source name counterpart unit') },
  'mart.search': {
    harmless: list('search_id interaction_id customer_id source next_interaction_id next_channel next_intent'),
    words: ['query'],
  },
  'signal.churn_combination': { harmless: list('channels intent_group') },
  'signal.churn_model': { harmless: list('method reason encoder model report') },
  'signal.customer': { harmless: list('model churn_method churn_reasons churn_model churn_band') },
  // A vector tells much of its text, and a short text can be guessed from its hash.
  'signal.embedding': { harmless: ['model'], withheld: list('text_hash vector') },
  'signal.interaction': {
    harmless: list('model intent intents emotion outcome language'),
    words: ['summary'],
    withheld: ['summary_parts'],
  },
  'signal.own_intent': { harmless: ['intent'] },
  'signal.own_intent_version': { harmless: ['model'], withheld: list('examples head report') },
  'signal.re_explaining': { harmless: ['model'], words: ['cue'] },
  'signal.topic': {
    harmless: list('model example_utterance_ids weekly'),
    words: list('label words'),
    withheld: ['centroid'],
  },
  'signal.utterance': {
    harmless: list(
      'model language emotion emotions intent intents act sentence_salience sentence_outcomes sentence_promises',
    ),
    withheld: ['text_hash'],
  },
};

/** Types that hold no text of anybody. */
const plainTypes =
  /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN|DATE|TIMESTAMP.*|UUID)$/;

/** What was decided about a column; undefined where nobody has. */
export function decidedKind(table: string, column: string, type: string): ColumnKind | undefined {
  const rules = columnRules[table] ?? {};
  return columnKinds.find((kind) => rules[kind]?.includes(column)) ?? (plainTypes.test(type) ? 'harmless' : undefined);
}

/** Every column of which the redactor's version is shown, as `schema.table` and column. All their tables have a revision. */
export const wordColumns: readonly { readonly table: string; readonly column: string }[] = Object.entries(
  columnRules,
).flatMap(([table, { words = [] }]) => words.map((column) => ({ table, column })));
