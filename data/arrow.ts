import {
  DuckDBTypeId,
  JSDuckDBValueConverter,
  type DuckDBDataChunk,
  type DuckDBListType,
  type DuckDBType,
  type JS,
} from '@duckdb/node-api';
import {
  Bool,
  DateDay,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  List,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';

/** Rows in DuckDB's own pieces; `rowCount`, where given, cuts the last one. */
export interface Columns {
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
  readonly chunks: Iterable<DuckDBDataChunk> | AsyncIterable<DuckDBDataChunk>;
  readonly rowCount?: number;
}

const arrowTypes: Partial<Record<DuckDBTypeId, () => DataType>> = {
  [DuckDBTypeId.BOOLEAN]: () => new Bool(),
  [DuckDBTypeId.TINYINT]: () => new Int8(),
  [DuckDBTypeId.SMALLINT]: () => new Int16(),
  [DuckDBTypeId.INTEGER]: () => new Int32(),
  [DuckDBTypeId.BIGINT]: () => new Int64(),
  [DuckDBTypeId.UTINYINT]: () => new Uint8(),
  [DuckDBTypeId.USMALLINT]: () => new Uint16(),
  [DuckDBTypeId.UINTEGER]: () => new Uint32(),
  [DuckDBTypeId.UBIGINT]: () => new Uint64(),
  [DuckDBTypeId.FLOAT]: () => new Float32(),
  [DuckDBTypeId.DOUBLE]: () => new Float64(),
  // Sums of whole numbers are HUGEINT: no Arrow integer is wide enough, and a double is what readers expect of a number.
  [DuckDBTypeId.HUGEINT]: () => new Float64(),
  [DuckDBTypeId.UHUGEINT]: () => new Float64(),
  [DuckDBTypeId.DECIMAL]: () => new Float64(),
  [DuckDBTypeId.DATE]: () => new DateDay(),
  [DuckDBTypeId.TIMESTAMP]: () => new TimestampMicrosecond('UTC'),
  [DuckDBTypeId.TIMESTAMP_S]: () => new TimestampMicrosecond('UTC'),
  [DuckDBTypeId.TIMESTAMP_MS]: () => new TimestampMicrosecond('UTC'),
  [DuckDBTypeId.TIMESTAMP_NS]: () => new TimestampMicrosecond('UTC'),
  [DuckDBTypeId.TIMESTAMP_TZ]: () => new TimestampMicrosecond('UTC'),
};

/** Every other type travels as text: identifiers as they are written, structures and maps as JSON. */
function arrowType(type: DuckDBType): DataType {
  if (type.typeId === DuckDBTypeId.LIST)
    return new List(new Field('item', arrowType((type as DuckDBListType).valueType), true));
  return arrowTypes[type.typeId]?.() ?? new Utf8();
}

const asText = (value: JS): string =>
  typeof value === 'string'
    ? value
    : JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? String(inner) : inner));

function arrowValue(value: JS, type: DataType): unknown {
  if (value === null) return null;
  if (type instanceof List) return (value as JS[]).map((item) => arrowValue(item, type.children[0]!.type));
  if (type instanceof Float64) return Number(value);
  if (type instanceof Utf8) return asText(value);
  return value;
}

/** Writes columns as an Arrow IPC stream, one record batch per chunk. */
export async function* arrowStream({ names, types, chunks, rowCount }: Columns): AsyncGenerator<Uint8Array> {
  const schema = new Schema(types.map((type, index) => new Field(names[index]!, arrowType(type), true)));
  const writer = new RecordBatchStreamWriter();
  const bytes = writer[Symbol.asyncIterator]();
  const written = (async () => {
    for await (const batch of batchesOf(chunks, schema, rowCount ?? Infinity)) writer.write(batch);
    writer.finish();
  })();
  written.catch((error) => writer.abort(error));
  for await (const piece of { [Symbol.asyncIterator]: () => bytes }) if (piece.byteLength > 0) yield piece;
  await written;
}

async function* batchesOf(chunks: Columns['chunks'], schema: Schema, rowCount: number): AsyncGenerator<RecordBatch> {
  yield batchOf([], schema, 0);
  let left = rowCount;
  for await (const chunk of chunks) {
    if (left <= 0) return;
    const length = Math.min(left, chunk.rowCount);
    yield batchOf(chunk.convertColumns(JSDuckDBValueConverter), schema, length);
    left -= length;
  }
}

function batchOf(columns: readonly (readonly JS[])[], schema: Schema, length: number): RecordBatch {
  const children = schema.fields.map(({ type }, index) => {
    const values = (columns[index] ?? []).slice(0, length).map((value) => arrowValue(value, type));
    return vectorFromArray(values, type).data[0] ?? makeData({ type, length: 0 } as never);
  });
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }));
}
