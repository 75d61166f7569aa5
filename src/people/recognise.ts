import type { Tx } from '../db/index.ts';
import { type KindAndValue, keysOf } from './ids.ts';
import { type Judgement, judge } from './judge.ts';
import { type Learnt, learnIds } from './learn-ids.ts';
import { type Matched, matchIds } from './match-ids.ts';
import type { Claim, Encounter, Standing } from './types.ts';

export type Recognised = { standing: Standing; claims: Claim[] };

type Judged = { encounter: Encounter; matched: Matched; judgement: Judgement };

/**
 * Who each sender is, by event id; what Meta shows of a known person for the first time is learnt on the way. One
 * statement for a set of known people who show nothing new, a few more where somebody does.
 */
export async function recognise(
  tx: Tx,
  wholesalerId: string,
  encounters: Encounter[],
): Promise<Map<string, Recognised>> {
  if (encounters.length === 0) return new Map();
  let judged = await judgeAll(tx, wholesalerId, encounters);
  if (!(await learnIds(tx, wholesalerId, judged.flatMap(learntBy)))) {
    // Somebody else learnt one of these ids meanwhile, perhaps as another's: what stands now decides, and nothing is
    // learnt from it here.
    judged = await judgeAll(tx, wholesalerId, encounters);
  }
  const unknown = judged.filter(({ judgement }) => judgement.decisive === null);
  const links = await readLinkStates(tx, wholesalerId, unknown);
  return new Map(
    judged.map(({ encounter, judgement }) => {
      const link = links.get(encounter.eventId);
      const claims = link === undefined && encounter.isMessage ? claimsOf(encounter, judgement) : [];
      return [encounter.eventId, { standing: standingOf(judgement, link, claims), claims }];
    }),
  );
}

async function judgeAll(tx: Tx, wholesalerId: string, encounters: Encounter[]): Promise<Judged[]> {
  const matched = await matchIds(tx, wholesalerId, encounters);
  return encounters.map((encounter, at) => {
    const mine = matched[at] ?? { matches: [], usernamePersonId: null };
    return { encounter, matched: mine, judgement: judge(encounter.ids, mine.matches) };
  });
}

function learntBy({ encounter, matched, judgement }: Judged): Learnt[] {
  const { decisive, learn, unify } = judgement;
  if (decisive === null || !encounter.isMessage || isHeld(judgement)) return [];
  const { username } = encounter;
  const isNewName = username !== undefined && matched.usernamePersonId !== decisive.personId;
  const ids: (KindAndValue | { kind: 'username'; value: string })[] = [
    ...learn,
    ...(isNewName ? [{ kind: 'username' as const, value: username }] : []),
  ];
  if (ids.length === 0 && unify.length === 0) return [];
  const { owner, personId, approverId } = decisive;
  const retailerId = owner.kind === 'retailer' ? owner.retailer.id : null;
  return [{ personId, retailerId, approverId, ids, unify, eventId: encounter.eventId }];
}

function claimsOf({ ids, lineId, eventId }: Encounter, { claims }: Judgement): Claim[] {
  return claims.map((claim) => ({ ...claim, shown: ids, lineId, eventId }));
}

function isHeld({ decisive }: Judgement): boolean {
  return decisive?.held === true;
}

function standingOf(judgement: Judgement, link: 'waiting' | 'refused' | undefined, claims: Claim[]): Standing {
  const { decisive } = judgement;
  if (decisive === null) return { kind: link ?? (claims.length > 0 ? 'waiting' : 'stranger') };
  if (isHeld(judgement)) return { kind: 'waiting' };
  if (decisive.owner.kind === 'approver') return { kind: 'approver', approverId: decisive.owner.id };
  const { retailer } = decisive.owner;
  return { kind: 'retailer', retailer, personId: decisive.personId, approverId: decisive.approverId };
}

/** Claims about people nobody knows that wait or were refused, by event id. */
async function readLinkStates(
  tx: Tx,
  wholesalerId: string,
  unknown: Judged[],
): Promise<Map<string, 'waiting' | 'refused'>> {
  const asked = unknown.flatMap(({ encounter: { ids } }, ordinal) =>
    keysOf(ids).map((key) => ({ wholesaler_id: wholesalerId, ordinal, key, phone: ids.phone ?? null })),
  );
  if (asked.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ ordinal: number; state: 'waiting' | 'refused' }[]>`
    select distinct on (a.ordinal) a.ordinal, l.state
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
             as a (wholesaler_id text, ordinal integer, key text, phone text)
     cross join lateral (
       (select state, expires_at from identity_link where wholesaler_id = a.wholesaler_id and new_key = a.key offset 0)
       union all
       (select state, expires_at from identity_link where wholesaler_id = a.wholesaler_id and phone = a.phone offset 0)) l
     where l.state = 'refused' or l.state = 'waiting' and coalesce(l.expires_at > app_clock(), true)
     order by a.ordinal, l.state desc`;
  return new Map(
    rows.flatMap(({ ordinal, state }) => {
      const one = unknown[ordinal];
      return one === undefined ? [] : [[one.encounter.eventId, state] as const];
    }),
  );
}
