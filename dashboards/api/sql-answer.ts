import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { arrowStream } from '../../data/arrow.ts';
import type { SandboxResult } from '../../data/sandbox.ts';
import { cellRows, csvLines } from '../../data/sandbox-rows.ts';
import type { SqlBody } from './schemas/sql.ts';

/** Sends rows in the format asked for; the header `x-truncated` says whether a limit left rows out. */
export function answerSql(
  reply: FastifyReply,
  format: SqlBody['format'],
  result: SandboxResult,
  seconds: number,
): unknown {
  reply.header('x-truncated', String(result.isTruncated));
  if (format === 'arrow') return send(reply, 'application/vnd.apache.arrow.stream', arrowStream(result));
  if (format === 'csv') return send(reply, 'text/csv; charset=utf-8', csvLines(result));
  return {
    columns: result.names.map((name, index) => ({ name, type: String(result.types[index]) })),
    rows: [...cellRows(result)],
    rowCount: result.rowCount,
    isTruncated: result.isTruncated,
    seconds,
  };
}

const send = (reply: FastifyReply, type: string, pieces: Iterable<string> | AsyncIterable<Uint8Array>): FastifyReply =>
  reply.type(type).send(Readable.from(pieces));
