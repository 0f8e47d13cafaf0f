import type { InteractionDetail, Survey } from '../../../api/schemas/interactions.ts';
import type { Measured } from '../../../api/schemas/shared.ts';
import { formatDecimal, formatMoment, formatValue, missing, titleOf } from '../../format.ts';

/** What we measured, beside what the vendor says, and what the customer answered. */
export function Measures({ detail: { measures, surveys, interaction } }: { detail: InteractionDetail }) {
  const ours = measures.ours.filter((measure) => measure.value !== null);
  return (
    <>
      <h3 class="side-title">Ours</h3>
      <MeasureList measures={ours} />
      {interaction.hasNegativeInterval && (
        <p class="small tag warning">
          The source’s times contradict each other; intervals below zero are kept as they are.
        </p>
      )}
      {measures.vendor.length > 0 && (
        <>
          <h3 class="side-title">As the vendor reports them</h3>
          <MeasureList measures={measures.vendor} />
        </>
      )}
      {surveys.length > 0 && <h3 class="side-title">Survey answers</h3>}
      {surveys.map((survey) => (
        <SurveyAnswer key={survey.id} survey={survey} />
      ))}
    </>
  );
}

const titles: Record<string, string> = {
  wrap_up: 'Wrap-up',
  first_response_business: 'First response, business hours',
  first_response_with_bot: 'First response, bots counted',
  full_resolution_business: 'Full resolution, business hours',
};

function MeasureList({ measures }: { measures: readonly Measured[] }) {
  if (measures.length === 0) return <p class="faint">Nothing to measure on this channel</p>;
  return (
    <dl class="measure-list">
      {measures.map((measure, index) => (
        <div key={`${measure.name}-${index}`}>
          <dt>{titles[measure.name] ?? titleOf(measure.name)}</dt>
          <dd>{formatMeasure(measure)}</dd>
        </div>
      ))}
    </dl>
  );
}

const toSeconds: Record<string, number> = { second: 1, seconds: 1, millisecond: 0.001, minute: 60 };

/** The vendor's unit is kept apart from how it reads: durations all read alike. */
function formatMeasure({ value, unit }: Measured): string {
  if (value === null) return missing;
  const factor = toSeconds[unit];
  return factor === undefined
    ? formatValue(value, unit === 'score' ? 'number' : unit)
    : formatValue(value * factor, 'second');
}

const kinds: Record<string, string> = { csat: 'Satisfaction', nps: 'Would recommend', ces: 'Effort' };

function SurveyAnswer({ survey }: { survey: Survey }) {
  const scale =
    survey.scaleMin !== null && survey.scaleMax !== null ? ` of ${survey.scaleMin} to ${survey.scaleMax}` : '';
  return (
    <div class="survey">
      <p>
        {kinds[survey.kind] ?? 'Survey'}:{' '}
        <strong class="figures">
          {survey.score === null ? missing : formatDecimal(survey.score, Number.isInteger(survey.score) ? 0 : 1)}
          {scale}
        </strong>
      </p>
      {survey.question && <p class="small faint">{survey.question}</p>}
      {survey.comment && <blockquote class="soft">“{survey.comment}”</blockquote>}
      <p class="small faint">{formatMoment(survey.occurredAt)}</p>
    </div>
  );
}
