import type { GraphBusiness, GraphEdge } from './graph-edge.ts';
import { unknownObject } from './graph-errors.ts';

/** Just enough of the read side for a check of token, line and subscription, where no app is managed. */
export function createNodesEdge({ lineOf }: GraphBusiness): GraphEdge {
  return ({ method, id, edge }) => {
    if (method !== 'GET') return undefined;
    if (edge === 'subscribed_apps') {
      return { status: 200, body: { data: [{ whatsapp_business_api_data: { id: '1', name: 'orderlock' } }] } };
    }
    const line = edge === undefined ? lineOf(id) : undefined;
    if (line === undefined) return unknownObject(id);
    const { phoneNumberId, displayPhoneNumber } = line;
    return {
      status: 200,
      body: { id: phoneNumberId, display_phone_number: displayPhoneNumber, quality_rating: 'GREEN' },
    };
  };
}
