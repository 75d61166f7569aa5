/** Several spellings of one thing in a table: `...spellings('pachis pachees', 25)`. */
export function spellings<V>(words: string, value: V): Record<string, V> {
  return Object.fromEntries(words.split(' ').map((word) => [word, value]));
}
