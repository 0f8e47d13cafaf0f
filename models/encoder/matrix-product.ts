import { createRequire } from 'node:module';
import type { InferenceSession } from 'onnxruntime-node';

/**
 * Products of many stored vectors with a few rows of weights, by the matrix kernels of the encoder's runtime: some twenty
 * times the speed of a loop in JavaScript. The model it runs is written here: bytes → numbers → one multiplication.
 */
export class MatrixProduct {
  private constructor(
    private readonly session: InferenceSession,
    private readonly runtime: typeof import('onnxruntime-node'),
    private readonly weights: Float32Array,
    private readonly size: number,
    private readonly count: number,
  ) {}

  /** `rows` all have the length of the vectors to come. */
  static async open(rows: readonly Float32Array[]): Promise<MatrixProduct> {
    const runtime = createRequire(import.meta.url)('onnxruntime-node') as typeof import('onnxruntime-node');
    const session = await runtime.InferenceSession.create(productModel(), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
    });
    const size = rows[0]!.length;
    const weights = new Float32Array(size * rows.length);
    rows.forEach((row, column) => row.forEach((value, index) => (weights[index * rows.length + column] = value)));
    return new MatrixProduct(session, runtime, weights, size, rows.length);
  }

  /** `vectors` hold one vector after the other; so do the products: for each vector one number for each row. */
  async multiply(vectors: Int8Array): Promise<Float32Array> {
    const { Tensor } = this.runtime;
    const count = vectors.length / this.size;
    const { products } = await this.session.run({
      vectors: new Tensor('int8', vectors, [count, this.size]),
      weights: new Tensor('float32', this.weights, [this.size, this.count]),
    });
    return products!.data as Float32Array;
  }

  async close(): Promise<void> {
    await this.session.release();
  }
}

const [float, int8, irVersion, operatorSet] = [1, 3, 8, 13];

/** An ONNX model, field by field of its protocol buffers: products = cast(vectors) × weights. */
function productModel(): Uint8Array {
  const toFloat = message(text(1, 'to'), whole(3, float), whole(20, 2));
  const graph = message(
    part(1, message(text(1, 'vectors'), text(2, 'numbers'), text(4, 'Cast'), part(5, toFloat))),
    part(1, message(text(1, 'numbers'), text(1, 'weights'), text(2, 'products'), text(4, 'MatMul'))),
    text(2, 'product'),
    part(11, tensor('vectors', int8, ['count', 'size'])),
    part(11, tensor('weights', float, ['size', 'rows'])),
    part(12, tensor('products', float, ['count', 'rows'])),
  );
  return Uint8Array.from(message(whole(1, irVersion), part(7, graph), part(8, message(whole(2, operatorSet)))));
}

function tensor(name: string, type: number, dimensions: readonly string[]): number[] {
  const shape = message(...dimensions.map((dimension) => part(1, text(2, dimension))));
  return message(text(1, name), part(2, part(1, message(whole(1, type), part(2, shape)))));
}

const message = (...fields: readonly number[][]): number[] => fields.flat();
const whole = (field: number, value: number): number[] => [...variable(field << 3), ...variable(value)];
const part = (field: number, bytes: readonly number[]): number[] => [
  ...variable((field << 3) | 2),
  ...variable(bytes.length),
  ...bytes,
];
const text = (field: number, value: string): number[] => part(field, [...Buffer.from(value)]);

/** Seven bits a byte, the lowest first, the high bit set on all but the last. */
function variable(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...variable(value >>> 7)];
}
