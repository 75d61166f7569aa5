/** The text with every script's digits as 0 to 9, and full-width letters as plain ones: "१०४२" is "1042". */
export function withPlainDigits(body: string): string {
  return body.normalize('NFKC').replace(/\p{Nd}/gu, asciiDigit);
}

/** Whole numbers in the text, in any script's digits: "cancel order १०४२" names order 1042. */
export function numbersIn(body: string): number[] {
  return (withPlainDigits(body).match(/\d+/g) ?? []).map(Number).filter(Number.isSafeInteger);
}

/** Unicode keeps the ten digits of a script together, zero first, so counting back to the zero gives the value. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 128) return digit;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
