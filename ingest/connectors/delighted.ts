import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addResponse, describeMisfit, surveySettings, type SurveyAnswer } from '../formats/survey.ts';
import { fromEpochSeconds } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const scales = {
  nps: { kind: 'nps', min: 0, max: 10 },
  csat: { kind: 'csat', min: 1, max: 5 },
  csat3: { kind: 'csat', min: 1, max: 3 },
  ces: { kind: 'ces', min: 1, max: 5 },
  ces7: { kind: 'ces', min: 1, max: 7 },
  stars: { kind: 'other', min: 1, max: 5 },
  stars_five: { kind: 'other', min: 1, max: 5 },
  smileys: { kind: 'other', min: 1, max: 5 },
  thumbs: { kind: 'other', min: 0, max: 1 },
  // What employees say, and how sorry customers would be to lose the product: no measure of service.
  enps: { kind: 'other', min: 0, max: 10 },
  pmf: { kind: 'other', min: 1, max: 3 },
} as const;
/** A type that is not known here says nothing of its scale. */
const UNKNOWN = { kind: 'other', min: undefined, max: undefined } as const;
type SurveyType = keyof typeof scales;
const isSurveyType = (type: string): type is SurveyType => Object.hasOwn(scales, type);

const Settings = z.strictObject({
  hidden: surveySettings.hidden,
  /** The type of the survey, where responses do not say it. */
  surveyType: z.enum(Object.keys(scales) as [SurveyType, ...SurveyType[]]).default('nps'),
});
type Settings = z.infer<typeof Settings>;

/** Lists of others than responses, by a field that only their rows have. */
const LISTED = tableOf({
  unsubscribed_at: 'unsubscribe',
  bounced_at: 'bounce',
  last_sent_at: 'person',
  next_survey_scheduled_at: 'person',
  survey_scheduled_at: 'person',
  next_survey_request: 'person',
  email: 'person',
  response_count: 'metrics',
});

const listOf = (row: Loose): string | undefined => Object.entries(LISTED).find(([name]) => name in row)?.[1];

/** A list of responses, one of them, or a webhook with one. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document) && !Array.isArray(document))
    throw new SourceError('invalid document; expected responses of Delighted');
  for (const each of Array.isArray(document) ? objectsOf(document) : [document]) {
    const type = textOf(each.event_type);
    const native = type ? objectOf(each.event_data) : each;
    if (type === undefined ? 'score' in native : /^survey_response\.(created|updated)$/.test(type))
      yield { kind: 'survey', nativeKind: type ?? 'survey_response', native };
    else if (type && /^(unsubscribe|bounce)/.test(type)) yield { kind: 'event', nativeKind: type, native };
    else if (type === undefined && typeof native.ok === 'boolean')
      yield { kind: 'ignored', nativeKind: 'confirmation', native };
    else if (type === undefined && typeof native.status === 'number' && textOf(native.message))
      throw new SourceError('an error answer of the API, not responses');
    else if (type === undefined && listOf(native)) yield { kind: 'event', nativeKind: listOf(native)!, native };
    else yield { kind: 'unknown', nativeKind: type ?? 'object', native: each };
  }
}

function map({ nativeKind, native: response }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  if (/^(unsubscribe|bounce)/.test(nativeKind)) return drop('that a survey could not be sent is no answer to it');
  if (nativeKind === 'person') return drop('who can be asked has not answered yet');
  if (nativeKind === 'metrics') return drop('sums over all responses are counted from the responses');
  const [nativeId, at, score] = [textOf(response.id), fromEpochSeconds(response.created_at), numberOf(response.score)];
  if (!nativeId || !at || score === undefined) return reject('missing id, score or created_at of the response');
  const type = textOf(response.survey_type) ?? context.settings.surveyType;
  const scale = isSurveyType(type) ? scales[type] : UNKNOWN;
  const comment = textOf(response.comment);
  const answers = [{ id: 'score', score, ...scale, ...(comment && { comment }) }, ...furtherWords(response)];
  const misfit = describeMisfit(answers);
  if (misfit) return reject(misfit);
  // Lists name a person by id only, unless they are asked to say more.
  const person = isLoose(response.person) ? response.person : { id: response.person };
  const display = textOf(person.name);
  const facts = new FactList(context, (fromEpochSeconds(response.updated_at) ?? at).getTime());
  addResponse(
    facts,
    {
      nativeId,
      at,
      isFinished: true,
      isZoneKnown: true,
      url: textOf(response.permalink),
      person: [
        { type: 'email', value: textOf(person.email), display },
        { type: 'phone', value: textOf(person.phone_number), display },
        { type: 'contact_id', value: textOf(person.id), display },
      ],
      hidden: objectOf(response.person_properties),
      answers,
    },
    { hidden: context.settings.hidden, questions: {} },
  );
  return ok(facts.facts);
}

/** What was written in answer to further questions; choices are no words. */
const furtherWords = ({ additional_answers }: Loose): SurveyAnswer[] =>
  objectsOf(additional_answers).flatMap(({ id, question: given, value }) => {
    const question = objectOf(given);
    const words = textOf(value) ?? textOf(objectOf(value).free_response);
    return question.type === 'free_response' && words
      ? [{ id: `answer/${textOf(id) ?? textOf(question.id)}`, comment: words, question: textOf(question.text) }]
      : [];
  });

export const delighted = defineConnector<Loose, Settings>({
  name: 'delighted',
  title: 'Delighted survey responses',
  version: 1,
  channels: ['survey'],
  docs: ['https://app.delighted.com/docs/api', 'https://app.delighted.com/docs/webhooks'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'X-Delighted-Webhook-Signature',
    prefix: 'sha256=',
    parts: ['body'],
  },
  threadKey: 'id of the response',
  split,
  map,
});
