/** Lists of numbers kept flat: 50,000 products as nested arrays would cost five times the memory. */

/** Lists of numbers, one after another: list i runs from starts[i] to starts[i + 1]. */
export type FlatLists = { starts: Int32Array; values: Int32Array };

type Numbers = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** A typed array that grows while it is filled. */
export class Growing<A extends Numbers> {
  length = 0;
  private values: A;

  constructor(values: A) {
    this.values = values;
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new (this.values.constructor as new (length: number) => A)(this.length * 2 + 16);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  at(position: number): number {
    return this.values[position] ?? 0;
  }

  /** What was pushed, without the room to grow. */
  finish(): A {
    return this.values.slice(0, this.length) as A;
  }
}

/** The lists of values by key, each in the order of the pairs. */
export function groupByKey(keys: Int32Array, values: Int32Array, keyCount: number): FlatLists {
  const starts = new Int32Array(keyCount + 1);
  for (let i = 0; i < keys.length; i++) {
    const after = (keys[i] ?? 0) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let key = 0; key < keyCount; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const next = starts.slice();
  const grouped = new Int32Array(values.length);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    const at = next[key] ?? 0;
    grouped[at] = values[i] ?? 0;
    next[key] = at + 1;
  }
  return { starts, values: grouped };
}

/** The distinct numbers, sorted. */
export function sortedDistinct(numbers: Float64Array<ArrayBuffer>): Float64Array {
  numbers.sort();
  let kept = 0;
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] ?? 0;
    if (kept === 0 || value !== numbers[kept - 1]) numbers[kept++] = value;
  }
  return numbers.slice(0, kept);
}
