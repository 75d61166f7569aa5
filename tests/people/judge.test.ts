import { describe, expect, test } from 'vitest';
import { listIds } from '../../src/people/ids.ts';
import { judge, type Match } from '../../src/people/judge.ts';
import type { IdKind, PersonIds } from '../../src/people/types.ts';
import fc from '../support/properties.ts';

/** Everything that is known: an id, whose it is, and which person of that shop. */
type Known = { kind: IdKind; value: string; shop: string; person: string; held?: boolean };

function matchesOf(world: readonly Known[], ids: PersonIds): Match[] {
  return listIds(ids).flatMap(({ kind, value }) => {
    const found = world.find((one) => one.kind === kind && one.value === value);
    if (found === undefined) return [];
    const person = world.filter((one) => one.person === found.person);
    const persons = new Map<string, Known[]>();
    for (const one of world.filter(({ shop }) => shop === found.shop)) {
      persons.set(one.person, [...(persons.get(one.person) ?? []), one]);
    }
    const has = (some: Known[], wanted: IdKind): boolean => some.some((one) => one.kind === wanted);
    const all = [...persons.values()];
    return [
      {
        kind,
        value,
        personId: found.person,
        owner: { kind: 'retailer', retailer: { id: found.shop, name: found.shop, language: null, priceList: null } },
        approverId: null,
        held: person.some(({ held }) => held === true),
        bsuids: person.filter((one) => one.kind === 'bsuid').length,
        parents: person.filter((one) => one.kind === 'parent_bsuid').length,
        phones: person.filter((one) => one.kind === 'phone').length,
        withoutBsuid: all.filter((some) => !has(some, 'bsuid')).length,
        loneBsuids: all.filter((some) => some.every((one) => one.kind === 'bsuid')).length,
      },
    ];
  });
}

const shopOf = (match: Match | null): string | null =>
  match?.owner.kind === 'retailer' ? match.owner.retailer.id : null;

const phone = (value: string, shop: string, person: string): Known => ({ kind: 'phone', value, shop, person });
const bsuid = (value: string, shop: string, person: string): Known => ({ kind: 'bsuid', value, shop, person });
const parent = (value: string, shop: string, person: string): Known => ({ kind: 'parent_bsuid', value, shop, person });

describe('whose account the shown ids open', () => {
  const P = 'P';
  const cases: [string, Known[], PersonIds, string | null, string[]][] = [
    ['nobody knows any of them', [], { bsuid: 'X', phone: P }, null, []],
    ['a known phone alone', [phone(P, 'a', '1')], { phone: P }, 'a', []],
    ['a known BSUID alone', [bsuid('X', 'a', '1')], { bsuid: 'X' }, 'a', []],
    ['a known parent alone', [parent('E', 'a', '1')], { parentBsuid: 'E' }, 'a', []],
    ['the first BSUID on a known phone', [phone(P, 'a', '1')], { bsuid: 'X', phone: P }, 'a', []],
    [
      'another BSUID on a phone that has one',
      [phone(P, 'a', '1'), bsuid('X', 'a', '1')],
      { bsuid: 'Y', phone: P },
      null,
      ['known_phone a'],
    ],
    [
      'a BSUID on an imported phone, while an imported BSUID may be its own',
      [phone(P, 'a', '1'), bsuid('X', 'a', '2')],
      { bsuid: 'Y', phone: P },
      null,
      ['known_phone a'],
    ],
    [
      'a BSUID on the second phone of a shop whose first has one',
      [phone('Q', 'a', '1'), bsuid('X', 'a', '1'), phone(P, 'a', '2')],
      { bsuid: 'Y', phone: P },
      'a',
      [],
    ],
    [
      'another BSUID on the first phone of that shop',
      [phone(P, 'a', '1'), bsuid('X', 'a', '1'), phone('Q', 'a', '2')],
      { bsuid: 'Y', phone: P },
      null,
      ['known_phone a'],
    ],
    [
      'a known BSUID under a known parent',
      [parent('E', 'a', '1'), bsuid('X', 'a', '1')],
      { bsuid: 'X', parentBsuid: 'E' },
      'a',
      [],
    ],
    ['the first BSUID under a known parent', [parent('E', 'a', '1')], { bsuid: 'X', parentBsuid: 'E' }, 'a', []],
    [
      'another BSUID under a parent that has one',
      [parent('E', 'a', '1'), bsuid('X', 'a', '1')],
      { bsuid: 'Y', parentBsuid: 'E' },
      null,
      ['known_parent a'],
    ],
    ['a parent nobody knows on a lone phone', [phone(P, 'a', '1')], { parentBsuid: 'E', phone: P }, 'a', []],
    [
      'a parent nobody knows on a phone that has a BSUID',
      [phone(P, 'a', '1'), bsuid('X', 'a', '1')],
      { parentBsuid: 'E', phone: P },
      null,
      ['known_phone a'],
    ],
    [
      'a BSUID and a parent nobody knows on a phone whose parent is another',
      [phone(P, 'a', '1'), parent('E', 'a', '1')],
      { bsuid: 'X', parentBsuid: 'F', phone: P },
      null,
      ['known_phone a'],
    ],
    [
      "a known BSUID with another shop's phone",
      [bsuid('X', 'a', '1'), phone(P, 'b', '2')],
      { bsuid: 'X', phone: P },
      'a',
      ['id_of_two a'],
    ],
    [
      "a known BSUID with another shop's parent",
      [bsuid('X', 'a', '1'), parent('E', 'b', '2')],
      { bsuid: 'X', parentBsuid: 'E' },
      'a',
      ['id_of_two a'],
    ],
    [
      'a parent and a phone of two shops',
      [parent('E', 'a', '1'), phone(P, 'b', '2')],
      { parentBsuid: 'E', phone: P },
      'a',
      ['id_of_two a'],
    ],
  ];
  test.each(cases)('%s', (_, world, ids, shop, claims) => {
    const judged = judge(ids, matchesOf(world, ids));
    expect(shopOf(judged.decisive)).toBe(shop);
    expect(judged.claims.map(({ reason, retailerId }) => `${reason} ${retailerId}`)).toEqual(claims);
  });

  test('an imported phone and an imported BSUID that Meta shows together are one person', () => {
    const world = [phone(P, 'a', '1'), bsuid('X', 'a', '2')];
    const ids = { bsuid: 'X', phone: P };
    expect(judge(ids, matchesOf(world, ids))).toMatchObject({ unify: ['1'], learn: [], claims: [] });
  });

  test('two persons of one shop, each with a phone, stay two', () => {
    const world = [phone('Q', 'a', '1'), bsuid('X', 'a', '1'), phone(P, 'a', '2')];
    const ids = { bsuid: 'X', phone: P };
    expect(judge(ids, matchesOf(world, ids))).toMatchObject({ unify: [], claims: [] });
  });

  test('nothing is learnt and nothing opens while a claim about the person waits', () => {
    const world: Known[] = [{ ...phone(P, 'a', '1'), held: true }];
    const ids = { bsuid: 'X', phone: P };
    expect(judge(ids, matchesOf(world, ids))).toMatchObject({ learn: [], unify: [], claims: [] });
  });
});

describe('in any world', () => {
  const value = fc.constantFrom('1', '2', '3', '4');
  const known = fc.record({
    kind: fc.constantFrom<IdKind>('bsuid', 'parent_bsuid', 'phone'),
    value,
    shop: fc.constantFrom('a', 'b'),
    person: fc.constantFrom('x', 'y', 'z'),
  });
  // As the database has it: a value is one person's, a person one shop's, and a person has one BSUID.
  const world = fc.array(known, { maxLength: 12 }).map((all) => {
    const kept: Known[] = [];
    for (const one of all) {
      const person = `${one.shop}${one.person}`;
      if (kept.some((other) => other.kind === one.kind && other.value === one.value)) continue;
      if (one.kind === 'bsuid' && kept.some((other) => other.person === person && other.kind === 'bsuid')) continue;
      kept.push({ ...one, person });
    }
    return kept;
  });
  const shown = fc.record(
    { bsuid: value, parentBsuid: value, phone: value },
    { requiredKeys: [] },
  ) as fc.Arbitrary<PersonIds>;
  const options = { seed: 20261125, numRuns: 3_000 };

  test('an account opens only by an id of its own, and never against a BSUID that says otherwise', () => {
    fc.assert(
      fc.property(world, shown, (all, ids) => {
        const matches = matchesOf(all, ids);
        const { decisive, learn, unify, claims } = judge(ids, matches);
        const byBsuid = matches.find(({ kind }) => kind === 'bsuid');
        if (byBsuid !== undefined) expect(decisive).toBe(byBsuid);
        if (decisive !== null) expect(matches).toContain(decisive);
        if (decisive !== null && ids.bsuid !== undefined && byBsuid === undefined) expect(decisive.bsuids).toBe(0);
        for (const { kind, value } of learn)
          expect(all.some((one) => one.kind === kind && one.value === value)).toBe(false);
        for (const person of unify) expect(all.find((one) => one.person === person)?.shop).toBe(shopOf(decisive));
        for (const claim of claims) {
          if (decisive !== null) expect(claim.retailerId).toBe(shopOf(decisive));
          else expect(matches.some((match) => shopOf(match) === claim.retailerId)).toBe(true);
        }
      }),
      options,
    );
  });

  test("showing another shop's phone or parent beside one's own BSUID never changes whose account it is", () => {
    fc.assert(
      fc.property(world, shown, (all, ids) => {
        const alone = judge({ bsuid: ids.bsuid }, matchesOf(all, { bsuid: ids.bsuid }));
        const together = judge(ids, matchesOf(all, ids));
        if (alone.decisive !== null) expect(shopOf(together.decisive)).toBe(shopOf(alone.decisive));
      }),
      options,
    );
  });
});
