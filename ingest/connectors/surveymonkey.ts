import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList, type HandleInput } from '../fact-list.ts';
import {
  addResponse,
  answerOf,
  describeMisfit,
  surveySettings,
  type SurveyAnswer,
  type SurveySettings,
} from '../formats/survey.ts';
import { fullName } from '../formats/helpdesk.ts';
import { fromIsoAsUtc } from '../formats/time.ts';
import { isAddress, isLoose, numberOf, objectOf, objectsOf, textOf, textsOf, type Loose } from '../formats/value.ts';

const Settings = z.strictObject(surveySettings);

/** Details of one response or of a page of them, or a webhook, which only names a response. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or responses of SurveyMonkey');
  const list = Array.isArray(document.data) ? objectsOf(document.data) : [document];
  for (const native of list) {
    const type = textOf(native.event_type);
    if ('pages' in native && 'id' in native && 'response_status' in native)
      yield { kind: 'survey', nativeKind: 'response', native };
    else if (type === 'response_deleted') yield { kind: 'delete', nativeKind: type, native };
    // A webhook as it is set up has the kind of event that it is for, and no event.
    else if (isLoose(native.error)) throw new SourceError('an error answer of the API, not responses');
    // What a survey asks; only its responses say something.
    else if ('question_count' in native) yield { kind: 'ignored', nativeKind: 'survey', native };
    else if (textOf(native.href)) yield { kind: 'ignored', nativeKind: 'list entry', native };
    else if (type && /^(response|collector|survey|app)_/.test(type)) yield { kind: 'event', nativeKind: type, native };
    else yield { kind: 'unknown', nativeKind: type ?? 'object', native };
  }
}

/** Times are in UTC, with and without the zone that says so. */
function map({ nativeKind, native: response }: Unit<Loose>, context: SplitContext<SurveySettings>): Outcome {
  if (nativeKind === 'response_deleted') return mapDeletion(response, context);
  if (nativeKind.startsWith('app_')) return drop('that the app was installed or removed is nothing said');
  if (/^(survey|collector)_/.test(nativeKind)) return drop('what became of a survey is nothing said in answer to it');
  if (nativeKind !== 'response') return drop('a notice names a response; its answers are in the details');
  const nativeId = textOf(response.id);
  const at = fromIsoAsUtc(response.date_modified) ?? fromIsoAsUtc(response.date_created);
  if (!nativeId || !at) return reject('missing id or date_modified of the response');
  if (/preview/.test(textOf(response.collection_mode) ?? '')) return drop('a preview is no answer of a customer');
  const questions = objectsOf(response.pages).flatMap((page) => objectsOf(page.questions));
  const answers = questions
    .filter((question) => !isAboutPerson(question))
    .flatMap((question) => answersOf(question, context.settings));
  if (answers.length === 0) return drop('a response without a score or a comment');
  const misfit = describeMisfit(answers);
  if (misfit) return reject(misfit);
  const facts = new FactList(context, at.getTime());
  addResponse(
    facts,
    {
      nativeId,
      at,
      startedAt: fromIsoAsUtc(response.date_created),
      isFinished: response.response_status === 'completed',
      isZoneKnown: true,
      account: textOf(response.survey_id),
      url: undefined,
      person: respondentOf(response, questions),
      hidden: objectOf(response.custom_variables),
      answers,
    },
    context.settings,
  );
  return ok(facts.facts);
}

/** The addresses of who answered: those of the invitation, and those that were filled in. */
function respondentOf(response: Loose, questions: readonly Loose[]): HandleInput[] {
  const contact = objectOf(objectOf(response.metadata).contact);
  const [email, first, last] = ['email', 'first_name', 'last_name'].map((name) =>
    textOf(objectOf(contact[name]).value),
  );
  const display = fullName(first, last) ?? fullName(response.first_name, response.last_name);
  const typed = questions.filter(isAboutPerson).flatMap(addressesIn);
  return [email ?? textOf(response.email_address), ...typed].map((value) => ({ type: 'email', value, display }));
}

/** A deleted response takes along what was said in it. */
function mapDeletion(notice: Loose, context: SplitContext<SurveySettings>): Outcome {
  const [nativeId, deletedAt] = [textOf(notice.object_id), fromIsoAsUtc(notice.event_datetime)];
  if (!nativeId || !deletedAt) return reject('missing object_id or event_datetime of the deleted response');
  const facts = new FactList(context, deletedAt.getTime());
  facts.thread({ nativeId, channel: 'survey', deletedAt });
  return ok(facts.facts);
}

const addressesIn = ({ answers }: Loose): string[] =>
  textsOf(objectsOf(answers).map(({ text }) => text)).filter(isAddress);

/**
 * Who somebody is and where they live is asked for, or comes with the link, and is nothing they say of us. Only simplified
 * responses name the family of a question; in others an address among the answers tells.
 */
const isAboutPerson = (question: Loose): boolean =>
  /^(demographic|custom_variable)$/.test(textOf(question.family) ?? '') ||
  (question.family === undefined && addressesIn(question).length > 0);

const DATE = /^\d{1,2}\/\d{1,2}\/\d{4}(?: |$)/;

/** The words of an answer; the day that somebody picked, or the name of a file, is none. */
const saidIn = ({ text, download_url }: Loose): unknown =>
  download_url === undefined && !DATE.test(textOf(text) ?? '') ? text : undefined;

/** A choice has a weight where its survey gives it one; what the question measures is for the settings to say. */
function answersOf(question: Loose, { questions }: SurveySettings): SurveyAnswer[] {
  const id = textOf(question.id) ?? '';
  const setting = questions[id] ?? questions[textOf(question.variable_id) ?? ''];
  const heading = textOf(question.heading);
  return objectsOf(question.answers).flatMap((answer, index) => {
    const weight = numberOf(objectOf(answer.choice_metadata).weight);
    const words = saidIn(answer) ?? (setting ? answer.simple_text : undefined);
    const key = index === 0 ? id : `${id}.${index}`;
    const scored = setting && weight !== undefined ? answerOf(key, weight, setting, heading) : [];
    return [...scored, ...(scored.length > 0 ? [] : answerOf(key, words, setting, heading))];
  });
}

export const surveymonkey = defineConnector<Loose, SurveySettings>({
  name: 'surveymonkey',
  title: 'SurveyMonkey responses',
  version: 1,
  channels: ['survey'],
  docs: ['https://api.surveymonkey.com/v3/docs'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  // The key is `<client id>&<client secret>` of the app.
  trust: { scheme: 'hmac', algorithm: 'sha1', encoding: 'base64', header: 'Sm-Signature', parts: ['body'] },
  handshake: { kind: 'accept-get' },
  pull: {
    address: 'https://api.surveymonkey.com',
    auth: { kind: 'bearer' },
    requestsPerMinute: 100,
    streams: [
      {
        name: 'responses',
        each: {
          list: {
            path: '/v3/surveys',
            query: { per_page: '1000' },
            rows: 'data',
            paging: { kind: 'next-url', path: 'links.next' },
          },
          key: 'id',
          as: 'survey',
        },
        path: '/v3/surveys/{survey}/responses/bulk',
        query: { per_page: '100', sort_by: 'date_modified', sort_order: 'ASC', simple: 'true' },
        rows: 'data',
        cursor: {
          kind: 'time',
          at: 'row',
          path: 'date_modified',
          read: 'iso',
          parameter: 'start_modified_at',
          write: 'iso',
          overlapSeconds: 600,
        },
        paging: { kind: 'next-url', path: 'links.next' },
      },
    ],
  },
  threadKey: 'id of the response',
  split,
  map,
});
