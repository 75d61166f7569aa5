import { writeButtonId } from './button-ids.ts';
import { awaitsLinkText, type Draft, type Scene, say } from './scene.ts';
import { resume } from './settle.ts';
import type { ConversationEvent, ConversationState } from './types.ts';

const KINDS = [
  'link_asked',
  'link_answered',
  'link_decided',
  'registered',
  'registration_refused',
  'phone_kept',
  'phone_given',
] as const;

/** Who is who: questions about it, and what was decided. */
export type AboutPeople = Extract<ConversationEvent, { kind: (typeof KINDS)[number] }>;

/** Whether an event is about who somebody is. */
export function isAboutPeople(event: ConversationEvent): event is AboutPeople {
  return KINDS.some((kind) => kind === event.kind);
}

/**
 * Hears what concerns the person and not the order, which stays as it is. What names a shop is said only to that shop: the
 * one who reads this may have become somebody else since it was written.
 */
export function hearAboutPeople(state: ConversationState, event: AboutPeople, scene: Scene): Draft {
  const { people } = scene.t;
  const { retailer, wholesaler } = scene.facts;
  const named = { wholesaler: wholesaler.name };
  switch (event.kind) {
    case 'link_asked':
      return retailer === null ? say(state, []) : askWhetherOwn(state, event.linkId, scene);
    case 'link_answered':
      return resume(state, [people.linkAnswered({ ...named, outcome: event.outcome })], scene);
    case 'link_decided':
      if (!event.confirmed) return say(state, retailer === null ? [people.notLinked(named)] : []);
      return say(state, retailer?.id === event.retailerId ? [people.linked(named)] : []);
    case 'registered': {
      if (retailer?.id !== event.retailerId) return say(state, []);
      return say(state, [people.registered({ ...named, shop: retailer.name })]);
    }
    case 'registration_refused':
      return say(state, retailer === null ? [scene.t.newcomers.refused(named)] : []);
    case 'phone_kept':
      return resume(state, [people.phoneKept], scene);
    case 'phone_given':
      // It may be a known shop's: then somebody has to confirm that it is theirs before they hear more.
      return say(state, [scene.facts.awaitsLink ? awaitsLinkText(scene) : scene.t.newcomers.phoneNoted(named)]);
  }
}

function askWhetherOwn(state: ConversationState, linkId: string, scene: Scene): Draft {
  const { people } = scene.t;
  return say(state, [], {
    kind: 'buttons',
    body: people.isItYours({ wholesaler: scene.facts.wholesaler.name }),
    buttons: [
      { id: writeButtonId({ act: 'own_link', linkId }), title: people.ours },
      { id: writeButtonId({ act: 'foreign_link', linkId }), title: people.notOurs },
    ],
  });
}
