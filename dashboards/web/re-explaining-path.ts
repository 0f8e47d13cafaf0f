/** From the channel on which something was said to the one on which it was said again. */
export interface ChannelPath {
  readonly earlierChannel: string;
  readonly laterChannel: string;
}

/** The path whose cases the address asks for: `?said=email&again=voice`. */
export function readPath(search: string): ChannelPath | undefined {
  const query = new URLSearchParams(search);
  const [earlierChannel, laterChannel] = [query.get('said'), query.get('again')];
  return earlierChannel && laterChannel ? { earlierChannel, laterChannel } : undefined;
}

export const writePath = (path: ChannelPath | undefined): Record<string, string | undefined> => ({
  said: path?.earlierChannel,
  again: path?.laterChannel,
});
