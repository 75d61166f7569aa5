/**
 * What the columns of an order list are headed with, in all languages at once: whoever pastes a spreadsheet keeps the
 * headings that it came with. One text per kind, words separated by spaces; a heading of several words is read by the
 * most telling of them ("unit price" is a price).
 */
export const columnWords = {
  /** How many are wanted. */
  quantity:
    'qty qtty qnty quantity quantities order ordered count nos pedido cantidad cantidades cant cantid quantidade quantidades qtd qtde qde quant ' +
    'quantite quantites qte commande jumlah jml jmlh banyaknya kuantitas pesanan idadi kiasi oda matra maatra sankhya nag मात्रा संख्या नग ' +
    'كمية الكمية كميه العدد عدد الطلب',
  /** What one of them costs. */
  price:
    'price prices rate cost mrp amount amt value valor precio precios costo importe preco precos custo prix tarif tarifs pu montant harga ' +
    'hrg bei gharama daam dam bhav bhaav kimat keemat दाम भाव कीमत मूल्य रेट سعر السعر ثمن الثمن المبلغ قيمة القيمة discount disc desconto ' +
    'descuento remise diskon tax vat gst iva tva',
  /** What all of them cost together, and the row below that adds up. */
  total:
    'total totals subtotal sum suma soma somme totaux jumlahnya jumla kul yog कुल योग مجموع المجموع اجمالي الاجمالي total sous grand general geral',
  /** What is counted. A heading that only names a unit ("cartons") counts in it and needs no word here. */
  unit: 'unit units uom um unidad unidade unite satuan sat kipimo unt ikai इकाई وحدة الوحدة الوحده',
  size: 'size pack packing packsize weight volume tamano peso presentacion tamanho taille poids contenance ukuran berat kemasan ukubwa uzito saiz वजन साइज حجم الحجم وزن الوزن مقاس',
  item:
    'item items product products name description desc particulars goods article brand variant flavour flavor producto productos articulo ' +
    'descripcion nombre marca produto produtos artigo descricao nome produit produits articles designation libelle nom marque barang produk ' +
    'nama item deskripsi merek bidhaa jina maelezo saman samaan maal naam वस्तु सामान उत्पाद नाम विवरण صنف الصنف اصناف منتج المنتج اسم الاسم البيان',
  /** The number of the row, and the shop's own codes. */
  number: 'no sno sr srno sn sl slno serial num nro num numero n kramank s क्रमांक क्र رقم الرقم م',
  code: 'sku code codigo kode barcode ean hsn ref reference referencia referensi msimbo كود الكود باركود',
  /** What the seller has, which is nobody's order. */
  stock:
    'stock available balance existencia estoque disponible disponivel dispo stok tersedia hisa stocked onhand hand مخزون',
};
