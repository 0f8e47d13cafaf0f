import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { fromLocal, TimeZone } from '../formats/local-time.ts';
import { addResponse, answerOf, describeMisfit, surveySettings, type SurveyAnswer } from '../formats/survey.ts';
import { fromIso } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';

const Settings = z.strictObject({ ...surveySettings, timeZone: TimeZone });
type Settings = z.infer<typeof Settings>;

/**
 * One spelling for the columns of the CSV export, the JSON export and warehouse tables: `RecordedDate` =
 * `recorded_date`.
 */
const plainName = (name: string): string => name.replaceAll(/[^a-z\d]/gi, '').toLowerCase();

const ABOUT = new Set(
  'id responseid recordid startdate enddate recordeddate lastmodifieddate status ipaddress progress duration durationinseconds finished recipientlastname recipientfirstname recipientemail recipientname externalreference externaldatareference locationlatitude locationlongitude distributionchannel userlanguage surveyid fivetransynced'.split(
    ' ',
  ),
);

/** What the questions bring along: order, time on the page, browser, uploads, and what was made of the words later. */
const BESIDE =
  /_(?:DO(?:_\d+)?|NPS_GROUP|Browser|Version|OS|Operating System|Resolution|(?:FILE_)?(?:Id|Name|Size|Type)|First[_ ]Click|Last[_ ]Click|Page[_ ]Submit|Click[_ ]Count)$| - (?:Parent Topics|Topics|Sentiment.*|Actionability)$/i;

/** Bits of a status: a preview, a test, and what is held for spam. */
const NOT_MEANT = 1 | 2 | 8;

/**
 * A row of CSV, or a response of the JSON export (`values`), or the notice that one was completed, which holds only
 * ids.
 */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected responses of Qualtrics');
  if (isLoose(objectOf(document.meta).error)) throw new SourceError('an error answer of the API, not responses');
  const one = isLoose(document.result) ? document.result : document;
  const responses = Array.isArray(document.responses)
    ? objectsOf(document.responses)
    : isLoose(one.values)
      ? [one]
      : [];
  for (const { responseId, values } of responses)
    yield { kind: 'survey', nativeKind: 'response', native: { responseId, ...objectOf(values) } };
  if (responses.length > 0 || Array.isArray(document.responses)) return;
  const id = textOf(fieldOf(document, 'responseid') ?? fieldOf(document, 'id'));
  if ('CompletedDate' in document && 'ResponseID' in document)
    yield { kind: 'event', nativeKind: 'notice', native: document };
  else if (id?.startsWith('R_')) yield { kind: 'survey', nativeKind: 'response', native: document };
  // What else became of surveys, lists and definitions of them, and how far an export is.
  else if ('Topic' in document || ['elements', 'questions', 'percentComplete'].some((name) => name in one))
    yield { kind: 'ignored', nativeKind: 'surveys', native: document };
  // The CSV export has two more header rows: the questions, and their ids as JSON.
  else if ('ResponseId' in document || 'ResponseID' in document)
    yield { kind: 'ignored', nativeKind: 'header', native: document };
  else yield { kind: 'unknown', nativeKind: 'object', native: document };
}

const fieldOf = (row: Loose, name: string): unknown =>
  Object.entries(row).find(([key]) => plainName(key) === name)?.[1];

/**
 * Dates are in the zone of the survey (CSV) or carry one (JSON). Partial responses are recorded a week after their end.
 */
function map({ nativeKind, native: row }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  if (nativeKind === 'notice') return drop('a notice names a response; its answers are in the export');
  const { settings } = context;
  const field = (name: string) => textOf(fieldOf(row, name));
  const timeOf = (name: string) => fromIso(field(name)) ?? fromLocal(field(name), settings.timeZone);
  const nativeId = field('responseid') ?? field('id') ?? field('recordid');
  const at = timeOf('enddate') ?? timeOf('recordeddate');
  if (!nativeId || !at) return reject('missing response id, or an end date of the form yyyy-mm-dd hh:mm:ss');
  const status = field('status') ?? '';
  if (((numberOf(status) ?? 0) & NOT_MEANT) !== 0 || /preview|test|spam/i.test(status))
    return drop('a preview, a test or spam is no answer of a customer');
  const answers = answersOf(row, settings);
  if (answers.length === 0) return drop('a response without a score or a comment');
  const misfit = describeMisfit(answers);
  if (misfit) return reject(misfit);
  const finished = field('finished')?.toLowerCase();
  const changedAt = timeOf('lastmodifieddate') ?? timeOf('recordeddate') ?? at;
  const display = [field('recipientfirstname'), field('recipientlastname')].filter(Boolean).join(' ') || undefined;
  const facts = new FactList(context, changedAt.getTime());
  const response = {
    nativeId,
    at,
    startedAt: timeOf('startdate'),
    isFinished: finished === '1' || finished === 'true',
    isZoneKnown: settings.timeZone !== undefined || fromIso(field('enddate')) !== undefined,
    account: field('surveyid'),
    person: [
      { type: 'email' as const, value: field('recipientemail'), display },
      { type: 'contact_id' as const, value: field('externalreference') ?? field('externaldatareference'), display },
    ],
    hidden: row,
    answers,
  };
  addResponse(facts, response, settings);
  return ok(facts.facts);
}

const nps = { kind: 'nps', min: 0, max: 10, isHigherBetter: true } as const;

/**
 * Questions are the columns that are neither about the response nor hidden. Only a NPS question has a group beside it.
 */
function answersOf(row: Loose, { questions, hidden }: Settings): SurveyAnswer[] {
  const hasLabels = /^(true|false)$/i.test(textOf(fieldOf(row, 'finished')) ?? '');
  return Object.entries(row).flatMap(([name, value]) => {
    if (ABOUT.has(plainName(name)) || name in hidden || BESIDE.test(name)) return [];
    if (hasLabels && !/_TEXT$/i.test(name) && isLabel(value)) return [];
    const isNps = `${name}_NPS_GROUP` in row && numberOf(value) !== undefined;
    const setting = questions[name] ?? (isNps ? nps : undefined);
    const isQuestion = setting !== undefined || /^Q(ID)?\d/i.test(name);
    return isQuestion ? answerOf(name, value, setting) : [];
  });
}

/** The choices of the scales that Qualtrics brings along: one of the words alone, or a degree of something. */
const CHOICE =
  /^(?:yes|no|agree|disagree|(?:un)?likely|neutral|excellent|good|average|poor|terrible|always|never|sometimes|other)$/i;
const DEGREE =
  /^(?:extremely|very|somewhat|moderately|slightly|neither|not at all|strongly|definitely|probably|might or might not|a great deal|a lot|a little|a moderate amount|none at all|most of the time|about half the time|much|far too)(?: [a-z]+){0,4}$/i;

/**
 * An export with labels (it finishes with `True`, and not with 1) has what stands on a choice where another has its
 * number. A company's own choices are not told from words: they count as said.
 */
const isLabel = (value: unknown): boolean => {
  const text = textOf(value) ?? '';
  return CHOICE.test(text) || DEGREE.test(text);
};

export const qualtrics = defineConnector<Loose, Settings>({
  name: 'qualtrics',
  title: 'Qualtrics survey responses',
  version: 1,
  channels: ['survey'],
  docs: ['https://api.qualtrics.com/u9e5lh4172v0v-survey-response-export-guide'],
  formats: ['csv', 'json', 'ndjson', 'form'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'id of the response',
  split,
  map,
});
