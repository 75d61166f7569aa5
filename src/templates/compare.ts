import type { RemoteTemplate } from '../whatsapp/graph-templates.ts';
import type { LocalTemplate } from './local-templates.ts';

/** One template in one language: what Meta has, what is not right with it, and what to do. */
export type TemplateFinding = {
  name: string;
  language: string;
  ours: LocalTemplate['ours'];
  /** As Meta has it; null: it has none. */
  category: string | null;
  status: string | null;
  quality: string | null;
  /** False: it cannot be sent as we have it. */
  good: boolean;
  /** What is not right, also where it can still be sent; empty when all is. */
  problems: string[];
  hint: string | undefined;
};

const WAITING = ['PENDING', 'IN_APPEAL'];

/** Compares every template of ours with what the account has. Templates that are not ours are left alone. */
export function compareTemplates(
  local: readonly LocalTemplate[],
  remote: readonly RemoteTemplate[],
): TemplateFinding[] {
  const byKey = new Map(remote.map((one) => [`${one.name}/${one.language}`, one]));
  return local.map((one) => compareOne(one, byKey.get(`${one.name}/${one.language}`)));
}

function compareOne(local: LocalTemplate, remote: RemoteTemplate | undefined): TemplateFinding {
  const { name, language, ours } = local;
  if (remote === undefined) {
    const hint = 'Run: npm run templates -- create';
    return {
      name,
      language,
      ours,
      category: null,
      status: null,
      quality: null,
      good: false,
      problems: ['missing'],
      hint,
    };
  }
  const { category, status, quality } = remote;
  const found = [
    textTrouble(local, remote),
    categoryTrouble(local, remote),
    statusTrouble(remote),
    qualityTrouble(remote),
  ];
  const troubles = found.filter((one) => one !== undefined);
  return {
    name,
    language,
    ours,
    category,
    status,
    quality,
    good: !troubles.some(({ serious }) => serious),
    problems: troubles.map(({ problem }) => problem),
    hint: troubles[0]?.hint,
  };
}

type Trouble = { problem: string; hint: string; serious: boolean };

function textTrouble(local: LocalTemplate, remote: RemoteTemplate): Trouble | undefined {
  const same =
    remote.body.trim() === local.body &&
    JSON.stringify(remote.buttons) === JSON.stringify(local.buttons) &&
    !remote.hasMore;
  if (same) return undefined;
  return {
    problem: 'the text is not ours',
    hint: 'Edit it in WhatsApp Manager to what docs/templates.md says, or delete it there; Meta keeps a deleted name for 30 days.',
    serious: true,
  };
}

function categoryTrouble({ category }: LocalTemplate, remote: RemoteTemplate): Trouble | undefined {
  if (remote.category === category) return undefined;
  return {
    problem: `Meta made it ${remote.category}, we file it as ${category}`,
    hint: 'It costs more and may be held back. Ask for a review in WhatsApp Manager.',
    serious: true,
  };
}

function statusTrouble({ status, rejectedReason }: RemoteTemplate): Trouble | undefined {
  if (status === 'APPROVED') return undefined;
  const because = rejectedReason === undefined ? '' : ` (${rejectedReason})`;
  const hint = WAITING.includes(status)
    ? 'Meta reviews it, mostly within minutes, at most for 24 hours. Check again later.'
    : status === 'PAUSED'
      ? 'People blocked or reported it. It comes back by itself after some hours; look at who gets it.'
      : 'Open it in WhatsApp Manager: it says why, and lets you edit it or appeal.';
  return { problem: `the status is ${status}${because}`, hint, serious: true };
}

function qualityTrouble({ quality }: RemoteTemplate): Trouble | undefined {
  if (quality !== 'RED' && quality !== 'YELLOW') return undefined;
  return {
    problem: `the quality is ${quality}`,
    hint: 'People block or report it: send it less often, and to those who expect it.',
    serious: quality === 'RED',
  };
}
