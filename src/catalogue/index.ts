export {
  applyImport,
  type ImportApplied,
  type ImportingShop,
  type Preview,
  previewImport,
  undoImport,
} from './apply-import.ts';
export type { ChangedProduct, Comparison } from './csv/compare-file.ts';
export { decodeUpload, UPLOAD_BYTES_MAX } from './csv/decode-upload.ts';
export type { FileProblem } from './csv/read-file.ts';
export { writeCatalogue } from './csv/write-file.ts';
export type { Change } from './differences.ts';
export { type FoundRetailer, findRetailers, retailerNames, retailersWithoutAccount } from './find-retailers.ts';
export { type ImportOptions, importShop, importShopWithin } from './import-shop.ts';
export { type CatalogueImport, dropUpload, listImports, readImport, readUndone, storeUpload } from './import-store.ts';
export { readHoldLifetime } from './import-wholesaler.ts';
export { type ListedProduct, type ListedRetailer, listProducts, listRetailers } from './list-parts.ts';
export {
  type Catalogue,
  type CatalogueCache,
  createCatalogueCache,
  loadCatalogueAt,
  VERSIONS_KEPT_DAYS,
} from './load-catalogue.ts';
export { type PriceChange, priceChanges, priceOf } from './price-changes.ts';
export { type AskedLine, type LineFault, type PricedLine, type PricedLines, priceLines } from './price-lines.ts';
export {
  ANY_QUANTITY,
  type ProductFilter,
  priceListsOf,
  productBoard,
  readProducts,
  type WholeProduct,
} from './product-store.ts';
export { type SavedParts, saveProducts, saveRetailers } from './save-parts.ts';
export { type ProductSaved, saveProduct, versionOfProduct } from './save-product.ts';
export {
  addRetailer,
  changeRetailer,
  linkIdentity,
  type RetailerBasics,
  readRetailer,
  unlinkIdentity,
  versionOfRetailer,
} from './save-retailer.ts';
export { type SetupSteps, setupSteps } from './setup-steps.ts';
export type { ShopProblem } from './shop-checks.ts';
export { type ReadShop, readShopFile } from './shop-file.ts';
export type { Shop } from './shop-schema.ts';
export {
  approver as shopApproverSchema,
  identity as shopIdentitySchema,
  product as shopProductSchema,
  retailer as shopRetailerSchema,
  wholesaler as shopWholesalerSchema,
} from './shop-schema.ts';
