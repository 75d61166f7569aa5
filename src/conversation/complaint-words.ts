import type { ParseResult } from '../parser/index.ts';

/** What came damaged, in all of our languages; no word that also names goods ("broken rice") or a debt ("vencido"). */
const COMPLAINTS = new Set(
  `torn damaged leaking leaked spoiled spoilt rotten stale expired complaint complain
   खराब ख़राब फटा फटी फटे टूटा टूटी टूटे सड़ा सड़ी सड़े एक्सपायर शिकायत
   kharab kharaab phata phati phate fata fati fate toota tooti toote tuta tuti tute expire shikayat
   roto rota rotos rotas dañado dañada dañados dañadas podrido podrida caducado caducada queja reclamo
   rasgado rasgada rasgados rasgadas estragado estragada estragados estragadas quebrado quebrada podre mofado reclamação
   ممزق ممزقة تالف تالفة مكسور مكسورة فاسد فاسدة خربان خربانة شكوى
   imechanika zimechanika imeharibika zimeharibika imeoza zimeoza imevunjika zimevunjika imepasuka zimepasuka malalamiko
   déchiré déchirée déchirés déchirées abîmé abîmée abîmés abîmées périmé périmée périmés périmées pourri pourrie réclamation
   sobek rusak busuk basi bocor penyok kadaluarsa kedaluwarsa komplain keluhan`.split(/\s+/),
);

/** Meant for an order, or for nothing, as far as the parser can tell. */
const LIKE_AN_ORDER = new Set<ParseResult['intent']>(['order', 'add', 'unknown']);

/** Whether somebody complains about goods: such a message names them as an order would, but no quantity. */
export function isComplaint(body: string, { intent, lines }: ParseResult): boolean {
  if (!LIKE_AN_ORDER.has(intent) || lines.length > 0 || /\p{Nd}/u.test(body)) return false;
  const words =
    body
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? [];
  return words.some((word) => COMPLAINTS.has(word) || COMPLAINTS.has(word.replace(/nya$/, '')));
}
