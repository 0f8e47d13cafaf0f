import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { errorCodes, errorMessage, isCrosstalkError, type ErrorCode } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { ErrorBody } from './schemas/shared.ts';
import { redactPath } from './redact.ts';

/** One shape for everything that goes wrong: `{error: {code, message}}`. What is our own fault is told to the log only. */
export function answerErrors(app: FastifyInstance, { logger }: { logger: Logger }): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, body } = describe(error, request.routeOptions.bodyLimit);
    if (status >= 500)
      logger.error(`${request.method} ${redactPath(request.url)}: ${errorMessage(error)}`, causeOf(error));
    return reply.status(status).send(body);
  });
}

export const bodyOf = (code: ErrorCode, message: string): ErrorBody => ({ error: { code, message } });

export const notFound = (request: FastifyRequest, reply: FastifyReply): unknown =>
  reply
    .status(404)
    .send(bodyOf('not_found', `invalid path: ${redactPath(request.url)}; expected one of /openapi.json`));

function describe(error: FastifyError, bodyLimit: number): { status: number; body: ErrorBody } {
  if (isCrosstalkError(error)) return own(error.code, error.message);
  if (hasZodFastifySchemaValidationErrors(error)) return own('invalid_argument', explainValidation(error));
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return own('too_large', `invalid body: too large; expected at most ${bodyLimit} bytes`);
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return { status, body: bodyOf('invalid_argument', error.message) };
  return own('store_failed', '');
}

function own(code: ErrorCode, message: string): { status: number; body: ErrorBody } {
  const { status } = errorCodes[code];
  return {
    status,
    body: bodyOf(code, status >= 500 ? 'something went wrong here; the log of the server says what' : message),
  };
}

function explainValidation({ validation, validationContext }: FastifyError): string {
  const lines = (validation ?? []).map(({ instancePath, message }) => {
    const field = instancePath.replace(/^\//, '').replaceAll('/', '.');
    return `invalid ${field || validationContext || 'request'}: ${message}`;
  });
  return lines.join('\n');
}

const causeOf = ({ cause, stack }: FastifyError): Record<string, unknown> => ({
  stack: stack?.split('\n').slice(1, 4).join(' '),
  ...(cause !== undefined && { cause: errorMessage(cause) }),
});
