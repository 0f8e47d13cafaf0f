import { SourceError } from '../../errors.ts';

/**
 * A file could not be fetched or read. `isPassing`: trying again later may help. The message holds no address: those of
 * recordings may be signed.
 */
export class MediaFailure extends SourceError {
  constructor(
    message: string,
    readonly isPassing: boolean,
    options?: ErrorOptions & { source?: string },
  ) {
    super(message, options);
  }
}
