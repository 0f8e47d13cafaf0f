import { CrosstalkError } from '../../errors.ts';

/** The model folder is missing, broken or fails its accuracy gate; the message names the folder or file. */
export class InvalidModelError extends CrosstalkError {
  constructor(message: string, options?: ErrorOptions) {
    super('invalid_model', message, options);
  }
}
