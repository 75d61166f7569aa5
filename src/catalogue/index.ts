export type { Change } from './differences.ts';
export { type ImportOptions, importShop } from './import-shop.ts';
export { type Catalogue, type CatalogueCache, createCatalogueCache } from './load-catalogue.ts';
export type { ShopProblem } from './shop-checks.ts';
export { type ReadShop, readShopFile } from './shop-file.ts';
export type { Shop } from './shop-schema.ts';
