import { z } from 'zod';
import type {
  CartItem,
  ContactCard,
  MediaFile,
  MessageContent,
  MessageContext,
  Place,
  Referral,
} from '../inbox/types.ts';
import { block, flag, idText, list, numberLike, short, text } from './fields.ts';

// The parts of a message that have a shape of their own. As in message.ts nothing here can throw.

/** More than any shop has in one cart; beyond it somebody sends nonsense, and part of a cart would be worse than none. */
const CART_ITEMS_MAX = 1_000;
const SKU_MAX = 256;
const CARDS_MAX = 50;
const PHONES_MAX = 20;
const FORM_MAX = 65_536;

const itemSchema = z.object({
  product_retailer_id: idText,
  quantity: z.union([z.number(), z.string()]).optional().catch(undefined),
});

type Order = { catalog_id?: string | undefined; text?: string | undefined; product_items?: unknown[] | undefined };

/** A cart from the catalogue. Its prices are left behind: they are never trusted. */
export function readCart({ catalog_id, text, product_items }: Order): MessageContent | undefined {
  if (product_items === undefined) return undefined;
  if (product_items.length > CART_ITEMS_MAX) return { type: 'unsupported', what: 'order.too_long' };
  return { type: 'cart', items: product_items.map(readCartItem), text: short(text, 4_096), catalogId: catalog_id };
}

/** An item that cannot be read stays in the cart without SKU or quantity: it is asked about, never dropped. */
function readCartItem(raw: unknown): CartItem {
  const item = itemSchema.safeParse(raw);
  if (!item.success) return { sku: '', quantity: null };
  return { sku: short(item.data.product_retailer_id, SKU_MAX) ?? '', quantity: quantityOf(item.data.quantity) };
}

function quantityOf(value: string | number | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  // Number('') is 0 and Number('0x10') is 16, so only plain decimals pass.
  if (value === undefined || !/^\s*-?\d{1,15}(\.\d{1,6})?\s*$/.test(value)) return null;
  return Number(value);
}

type RawFile = {
  id?: string | undefined;
  mime_type?: string | undefined;
  sha256?: string | undefined;
  filename?: string | undefined;
};

/** The file of a media message; undefined where it has no id by which it could be asked for. */
export function readFile(raw: RawFile): MediaFile | undefined {
  const id = raw.id;
  // The id becomes part of an address, so it is only what Meta's ids are made of.
  if (id === undefined || !/^[\w-]{1,128}$/.test(id)) return undefined;
  return {
    id,
    mimeType: short(raw.mime_type, 100),
    sha256: short(raw.sha256, 100),
    filename: short(raw.filename, 255),
  };
}

const placeSchema = z.object({ latitude: numberLike, longitude: numberLike, name: text, address: text });

/** A place on the earth; undefined where the numbers are none or lie beside it. */
export function readPlace(raw: unknown): Place | undefined {
  const place = placeSchema.safeParse(raw).data;
  const { latitude, longitude } = place ?? {};
  if (latitude === undefined || longitude === undefined) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { latitude, longitude, name: short(place?.name), address: short(place?.address, 500) };
}

const cardSchema = z.object({
  origin: text,
  name: block({ formatted_name: text }),
  phones: list,
});
const phoneSchema = z.object({ phone: idText, wa_id: idText });

/** Contact cards; what is none is left out, since a card without anything to call says nothing. */
export function readCards(raw: unknown[]): ContactCard[] {
  return raw.slice(0, CARDS_MAX).flatMap((item) => {
    const card = cardSchema.safeParse(item).data;
    if (card === undefined) return [];
    const phones = (card.phones ?? []).slice(0, PHONES_MAX).flatMap((entry) => {
      const phone = phoneSchema.safeParse(entry).data;
      const number = short(phone?.phone ?? phone?.wa_id, 40);
      return number === undefined ? [] : [{ phone: number, waId: short(phone?.wa_id, 40) }];
    });
    const origin = card.origin === 'contact_request' ? ('contact_request' as const) : ('shared' as const);
    return [{ origin, name: short(card.name?.formatted_name), phones }];
  });
}

/** The answers of a flow are JSON in a text; they may be broken, or JSON of another kind than an object. */
export function readForm(raw: { name?: string | undefined; response_json?: unknown }): MessageContent {
  return { type: 'form', name: short(raw.name, 64), answers: answersOf(raw.response_json) };
}

function answersOf(json: unknown): Record<string, unknown> | undefined {
  if (typeof json !== 'string' || json.length > FORM_MAX) return undefined;
  try {
    const answers: unknown = JSON.parse(json);
    const isObject = typeof answers === 'object' && answers !== null && !Array.isArray(answers);
    return isObject ? (answers as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const contextSchema = z.object({
  id: idText,
  forwarded: flag,
  frequently_forwarded: flag,
  referred_product: block({ catalog_id: idText, product_retailer_id: idText }),
});

/** What the message refers to; undefined where it refers to nothing. */
export function readContext(raw: unknown): MessageContext | undefined {
  const context = contextSchema.safeParse(raw).data;
  if (context === undefined) return undefined;
  const forwarded = context.frequently_forwarded ? 'often' : context.forwarded ? 'once' : undefined;
  const sku = short(context.referred_product?.product_retailer_id, SKU_MAX);
  if (context.id === undefined && forwarded === undefined && sku === undefined) return undefined;
  return {
    ...(context.id === undefined ? {} : { id: context.id }),
    ...(forwarded === undefined ? {} : { forwarded }),
    ...(sku === undefined ? {} : { product: { sku, catalogId: context.referred_product?.catalog_id } }),
  };
}

const referralSchema = z.object({ source_type: text, source_id: idText, headline: text, ctwa_clid: idText });

/** The advertisement or post that brought the person; undefined for all others. */
export function readReferral(raw: unknown): Referral | undefined {
  const referral = referralSchema.safeParse(raw).data;
  if (referral === undefined || Object.values(referral).every((value) => value === undefined)) return undefined;
  return {
    sourceType: short(referral.source_type, 32),
    sourceId: short(referral.source_id),
    headline: short(referral.headline),
    clickId: short(referral.ctwa_clid, 300),
  };
}
