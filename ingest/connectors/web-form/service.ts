import { jsonIn } from '../../formats/json.ts';
import {
  isLoose,
  joinedTexts,
  lastSegment,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
  type Loose,
} from '../../formats/value.ts';
import { isUnnamed } from './field.ts';

/** What a form service says of a submission, and what somebody filled in, by the names of the fields. */
export interface Submission {
  readonly outer: Loose;
  readonly fields: Loose;
}

/** Lists of submissions, as services answer them. */
export const submissionsIn = ({ submissions, entries, responses, results, content, responseCode }: Loose) =>
  [submissions, entries, responses, results, responseCode === undefined ? undefined : content].find(Array.isArray);

/** A submission in the shape of a service that does not simply have an object of fields. */
export const serviceSubmission = (native: Loose): Submission | undefined =>
  [jotform, jotformAnswers, gravity, googleSheet, googleForm, typebot, bracketed, wufoo, unbounce, listed, valued]
    .map((read) => read(native))
    .find((submission) => submission !== undefined);

/** A value in parts, e.g. a name: `{first, last}`. */
const wordsIn = (value: unknown): unknown => (isLoose(value) ? joinedTexts(' ', Object.values(value)) : value);

/** Jotform posts what was filled in as JSON in a text: `q4_email`, where 4 is the number of the question. */
function jotform({ rawRequest, submissionID, formID, formTitle }: Loose): Submission | undefined {
  const raw = jsonIn(textOf(rawRequest));
  if (!isLoose(raw) || submissionID === undefined) return undefined;
  const filled = Object.entries(raw).flatMap(([key, value]) => {
    const name = /^q(\d+)_(.+?)(?:\1)?$/.exec(key)?.[2];
    return name ? [[name, wordsIn(value)]] : [];
  });
  const files = Object.values(raw).flatMap((value) =>
    textsOf(value).filter((each) => /^https:\S+\/uploads\//.test(each)),
  );
  const attachments = files.map((file) => ({ name: lastSegment(file) }));
  const outer = { id: submissionID, form_id: formID, form: { name: formTitle }, attachments };
  return { outer, fields: Object.fromEntries(filled) };
}

/** Jotform's API: answers by the number of the question. Its times are of the zone of the account, which it does not tell. */
function jotformAnswers({ answers, id, form_id }: Loose): Submission | undefined {
  const all = isLoose(answers) ? Object.values(answers).map(objectOf) : [];
  if (!all.some((each) => 'answer' in each && 'type' in each)) return undefined;
  const given = all.filter((each) => each.answer !== undefined);
  return { outer: { id, form_id }, fields: named(given.map((each) => ({ ...each, value: wordsIn(each.answer) }))) };
}

/** An entry of Gravity Forms has its fields by number; a name is `1.3` and `1.6`, an address has more parts. Its times are UTC. */
function gravity(native: Loose): Submission | undefined {
  const { id, form_id, date_created, date_updated } = native;
  const keys = Object.keys(native).filter(isUnnamed);
  if (keys.length === 0 || form_id === undefined || textOf(date_created) === undefined) return undefined;
  const isName = (key: string) => /\.[36]$/.test(key) && !keys.includes(key.replace(/\.\d+$/, '.5'));
  const nameOf = (key: string) => (!isName(key) ? key : key.endsWith('.3') ? 'first_name' : 'last_name');
  const utc = (time: unknown) => (textOf(time) ? `${textOf(time)}Z` : undefined);
  return {
    outer: { id, form_id, created_at: utc(date_created), updated_at: utc(date_updated) },
    fields: Object.fromEntries(keys.map((key) => [nameOf(key), native[key]])),
  };
}

/** A row of the sheet of a Google form, with the heads of its columns; a script sends it. */
function googleSheet({ namedValues }: Loose): Submission | undefined {
  if (!isLoose(namedValues)) return undefined;
  const columns = Object.entries(namedValues).map(([name, values]) => [name, [values].flat()] as const);
  return { outer: {}, fields: Object.fromEntries(columns.map(([name, values]) => [name, joinedTexts(', ', values)])) };
}

/** A response of the API of Google Forms: answers by the ids of the questions. */
function googleForm(native: Loose): Submission | undefined {
  const { answers, responseId, createTime, lastSubmittedTime, respondentEmail, formId } = native;
  const each = isLoose(answers) ? Object.values(answers).map((answer) => objectOf(objectOf(answer).textAnswers)) : [];
  if (responseId === undefined || each.length === 0) return undefined;
  const values = each.map((answer) =>
    joinedTexts(
      ', ',
      objectsOf(answer.answers).map(({ value }) => value),
    ),
  );
  const outer = {
    id: responseId,
    formId,
    created_at: createTime,
    updated_at: lastSubmittedTime,
    email: respondentEmail,
  };
  return { outer, fields: unnamed(values) };
}

/** A result of Typebot: its variables have names, the other answers have none. */
function typebot({ answers, variables, id, createdAt, typebotId }: Loose): Submission | undefined {
  const said = objectsOf(answers).filter((answer) => 'content' in answer && 'blockId' in answer);
  if (said.length === 0) return undefined;
  const kept = Object.fromEntries(objectsOf(variables).map(({ name, value }) => [textOf(name) ?? '', value]));
  const others = said
    .map(({ content }) => textOf(content))
    .filter((each) => !textsOf(Object.values(kept)).includes(each ?? ''));
  return { outer: { id, createdAt, formId: typebotId }, fields: { ...unnamed(others), ...kept } };
}

const unnamed = (values: readonly unknown[]): Loose =>
  Object.fromEntries(values.map((value, index) => [String(index + 1), value]));

/** Elementor posts a list in the names of parameters: `fields[email][value]`. */
function bracketed(native: Loose): Submission | undefined {
  const fields: Record<string, Loose> = {};
  for (const [key, value] of Object.entries(native)) {
    const [, name, part] = /^fields\[([\w-]+)\]\[(\w+)\]$/.exec(key) ?? [];
    if (name && part) fields[name] = { ...fields[name], [part]: value };
  }
  const list = Object.values(fields);
  if (list.length === 0) return undefined;
  return { outer: { form_id: native['form[id]'], form: { name: native['form[name]'] } }, fields: named(list) };
}

/** Wufoo numbers its fields, and tells in JSON what each asks. Its times are of the zone of the account. */
function wufoo(native: Loose): Submission | undefined {
  const asked = objectsOf(objectOf(jsonIn(textOf(native.FieldStructure))).Fields);
  if (asked.length === 0) return undefined;
  const fields = asked.flatMap(({ Title, Type, ID, SubFields }) => {
    const keys = [ID, ...objectsOf(SubFields).map((part) => part.ID)].flatMap((id) => textOf(id) ?? []);
    return [
      {
        title: Title,
        type: Type,
        value: joinedTexts(
          ' ',
          [...new Set(keys)].map((key) => native[key]),
        ),
      },
    ];
  });
  return { outer: { id: native.EntryId, form_id: native.FormId }, fields: named(fields) };
}

/** Unbounce posts what was filled in as JSON in a text, each value in a list. */
function unbounce(native: Loose): Submission | undefined {
  const filled = jsonIn(textOf(native['data.json']));
  if (!isLoose(filled)) return undefined;
  const values = Object.entries(filled).map(([name, value]) => [name, joinedTexts(', ', [value].flat())]);
  return { outer: { form_id: native.page_id ?? native.page_name }, fields: Object.fromEntries(values) };
}

/** Fields that come as a list, each with its name and value (Tally, Fillout, Wix, Paperform, leads of ads). */
function listed(native: Loose): Submission | undefined {
  const inner = [native, native.data, native.submission].map(objectOf);
  const list = inner
    .flatMap((each) => LISTS.map((name) => each[name]))
    .filter(isRecords)
    .find((each) => each.some((field) => labelOf(field) !== undefined && VALUES.some((name) => name in field)));
  if (!list) return undefined;
  const outer = { ...native, ...objectOf(native.data), ...objectOf(native.submission) };
  return { outer, fields: named(list) };
}

const LISTS = ['fields', 'questions', 'submissions', 'answers', 'data', 'field_data', 'user_column_data'];
const VALUES = ['value', 'values', 'string_value', 'answer'];

const isRecords = (value: unknown): value is Loose[] => Array.isArray(value) && value.every(isLoose);

const labelOf = ({ label, title, question, text, name, column_name }: Loose): string | undefined =>
  [label, title, question, text, name, column_name].map(textOf).find(Boolean);

/** Fields by what they ask; what is an address by its type is named so, whatever the question. */
function named(list: readonly Loose[]): Loose {
  const fields: Record<string, unknown> = {};
  for (const field of list) {
    const type = textOf(field.type ?? field.column_id) ?? '';
    const meant = /e-?mail/i.test(type) ? 'email' : /phone|^tel$/i.test(type) ? 'phone' : undefined;
    fields[meant && !(meant in fields) ? meant : (labelOf(field) ?? 'field')] = choiceOf(field);
  }
  return fields;
}

/** Choices are named by what they say. */
function choiceOf({ value, values, string_value, answer, options }: Loose): unknown {
  const given = value ?? values ?? string_value ?? answer;
  const chosen = objectsOf(options).filter(({ id }) => textsOf([given].flat()).includes(textOf(id) ?? ''));
  if (chosen.length > 0) return chosen.map(({ text }) => text);
  return isLoose(given) ? undefined : given;
}

/** Formstack can post each field as an object with its value and its type. */
function valued(native: Loose): Submission | undefined {
  const isField = (value: unknown): value is Loose => isLoose(value) && 'field_type' in value;
  if (!Object.values(native).some(isField)) return undefined;
  const flat = Object.entries(native).map(([name, value]) => [name, isField(value) ? wordsIn(value.value) : value]);
  return { outer: {}, fields: Object.fromEntries(flat) };
}
