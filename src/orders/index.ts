export { cancelBatch } from './cancel-batch.ts';
export { takeOrderNumbers } from './order-numbers.ts';
export { type RecentOrder, recentOrders } from './order-store.ts';
export { placeBatch } from './place-batch.ts';
export type { CancelAnswer, CancelItem, PlaceAnswer, PlacedLine, PlaceItem } from './types.ts';
