/** What a product says about how much of it may be ordered. */
export type QuantityRules = {
  /** How many base units one of each unit holds. */
  units: Readonly<Record<string, number>>;
  defaultUnit: string;
  /** In thousandths of the default unit. */
  minimumMilli: number;
  stepMilli: number;
};

/**
 * One of the default unit, as minimum or as step, is what a product has that nobody made a rule for: it must not turn a
 * case into the least that one can buy of something that is also sold by the piece.
 */
const NO_RULE_MILLI = 1000;

/** The minimum that somebody set, in thousandths of the default unit; 0 where none was. */
export function minimumOf({ minimumMilli }: QuantityRules): number {
  return minimumMilli > NO_RULE_MILLI ? minimumMilli : 0;
}

/** The step that somebody set, in thousandths of the default unit; 0 where none was. */
export function stepOf({ stepMilli }: QuantityRules): number {
  return stepMilli > 0 && stepMilli !== NO_RULE_MILLI ? stepMilli : 0;
}

/** How many base units one of `unit` holds; a unit that the product does not have counts as one. */
export function sizeOf({ units }: Pick<QuantityRules, 'units'>, unit: string): number {
  const size = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return size !== undefined && size > 0 ? size : 1;
}

/**
 * The least step and the minimum, in thousandths of `unit`, by which a quantity of it stays allowed: whole units, and such
 * a number of them as the step of the default unit divides.
 */
export function rulesIn(rules: QuantityRules, unit: string): { minimumMilli: number; stepMilli: number } {
  // Sizes may have decimals ("1.5 litres"), so the ratio is taken in thousandths of a base unit.
  const size = Math.max(1, Math.round(sizeOf(rules, unit) * 1000));
  const defaultSize = Math.max(1, Math.round(sizeOf(rules, rules.defaultUnit) * 1000));
  const step = stepOf(rules) * defaultSize;
  const stepMilli = step === 0 ? 1000 : leastCommon(step / greatestCommon(step, size), 1000);
  const minimum = Math.ceil((minimumOf(rules) * defaultSize) / size);
  return { stepMilli, minimumMilli: Math.max(stepMilli, Math.ceil(minimum / stepMilli) * stepMilli) };
}

function greatestCommon(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

function leastCommon(one: number, other: number): number {
  return (one / greatestCommon(one, other)) * other;
}
