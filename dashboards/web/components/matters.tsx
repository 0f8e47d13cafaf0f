interface MattersProps {
  readonly row: { readonly episodeCount: number; readonly openEpisodeCount: number };
}

/** How many matters there are, and how many of them are open. */
export function Matters({ row: { episodeCount, openEpisodeCount } }: MattersProps) {
  return (
    <>
      {episodeCount} {openEpisodeCount > 0 && <span class="tag warning">{openEpisodeCount} not settled</span>}
    </>
  );
}
