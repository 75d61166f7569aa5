/**
 * The wholesaler's language as it is written where its currency is spent: INR with `en` groups lakhs as India does. Most
 * currency codes begin with their country's; where none is meant (EUR), the language decides alone. Latin digits in every
 * language.
 */
export function localeOf(language: string, currency: string): string {
  const region = currency.slice(0, 2);
  const known = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(region);
  const locale = new Intl.Locale(language, {
    numberingSystem: 'latn',
    ...(known && region !== 'EU' ? { region } : {}),
  });
  return locale.toString();
}
