import { describe, expect, test } from 'vitest';
import { englishUnit } from '../../src/conversation/texts/en-units.ts';
import { localeFor, textsFor } from '../../src/conversation/texts/index.ts';
import { chat } from './chat.ts';

describe('English units', () => {
  test.each([
    ['case', 'case', 'cases'],
    ['bag', 'bag', 'bags'],
    ['box', 'box', 'boxes'],
    ['tray', 'tray', 'trays'],
    ['Bunch', 'Bunch', 'Bunches'],
    ['half_case', 'half case', 'half cases'],
    ['each', 'piece', 'pieces'],
    ['kg', 'kg', 'kg'],
    ['dozen', 'dozen', 'dozen'],
    ['peti', 'peti', 'petis'],
    ['constructor', 'constructor', 'constructors'],
    ['कट्टा', 'कट्टा', 'कट्टा'],
  ])('%s: 1 %s, 2 %s', (unit, one, other) => {
    expect([englishUnit(unit, 1), englishUnit(unit, 2), englishUnit(unit, 1.5)]).toEqual([one, other, other]);
  });
});

describe('the language', () => {
  test.each(['en', 'en-ZA', 'xx', 'constructor', ''])('%j has texts', (language) => {
    expect(textsFor(language).buttons.confirm).toBe('Confirm');
  });

  test.each([
    ['en', 'en'],
    ['en-IN', 'en-IN'],
    ['ar', 'en'],
    ['en-what ever', 'en'],
  ])('%j writes its numbers as %s does', (language, locale) => {
    expect(localeFor(language)).toBe(locale);
  });

  test('is the retailer’s own', () => {
    chat({ retailer: { id: 'r', name: 'R', language: 'en-IN' } })
      .says('balance')
      .hears('Limit 1,00,000.00');
  });
});
