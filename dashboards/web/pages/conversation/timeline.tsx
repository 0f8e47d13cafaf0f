import type { InteractionDetail } from '../../../api/schemas/interactions.ts';
import { ContactLine } from '../../components/contact-line.tsx';
import { plural } from '../../format.ts';
import { customerPath } from '../../router.ts';

/** Where this conversation stands among the others about the same matter. */
export function Timeline({ detail: { customer, episode, interaction } }: { detail: InteractionDetail }) {
  if (!customer) return <p class="faint">Who this was is not known.</p>;
  return (
    <>
      <p class="soft">
        {plural(customer.interactionCount, 'conversation')}, {plural(customer.episodeCount, 'matter')}
        {customer.openEpisodeCount > 0 && `, ${customer.openEpisodeCount} not settled`}
        {customer.churnBand !== null && `, ${customer.churnBand} churn risk`}
      </p>
      {episode && (
        <>
          <h3 class="side-title">About the same matter</h3>
          <ol class="contact-lines">
            {episode.interactions.map((row) => (
              <ContactLine key={row.id} row={row} isCurrent={row.id === interaction.id} />
            ))}
          </ol>
        </>
      )}
      <p>
        <a class="text-link" href={customerPath(customer.id)}>
          Whole history
        </a>
      </p>
    </>
  );
}
